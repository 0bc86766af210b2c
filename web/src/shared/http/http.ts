import { connectionFound, connectionLost } from './connection';
import { Problem } from './problem';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  body?: unknown;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Whether it still arrives when the page is left meanwhile. Browsers take 64 KiB in all for such bodies. */
  keepalive?: boolean;
}

type SignedOut = () => void;
let signedOut: SignedOut | null = null;
let refreshing: Promise<boolean> | null = null;

/** Names what happens when the session has ended for good: the app goes to its sign-in page. */
export function onSignedOut(listener: SignedOut): void {
  signedOut = listener;
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const { body, signal, headers } = options;
  const form = body instanceof FormData;
  const content: BodyInit | null = form ? body : body === undefined ? null : JSON.stringify(body);
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(content !== null && !form && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: content,
      signal: signal ?? null,
      keepalive: options.keepalive ?? method === 'DELETE',
    });
    connectionFound();
    return response;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    connectionLost();
    throw new Problem('no-connection', 'No connection to the house.', 0);
  }
}

// One refresh at a time: the requests of a page that outlived its session all wait for the same answer.
function refresh(): Promise<boolean> {
  refreshing ??= send('POST', '/api/refresh', { body: {} })
    .then((response) => response.ok)
    .finally(() => (refreshing = null));
  return refreshing;
}

const provesIdentity = (path: string) => ['/api/login', '/api/register', '/api/refresh', '/api/logout'].includes(path);

/**
 * The answer to a request, whatever its kind; a session that has run out is renewed once.
 * @throws Problem for every status from 400 up, and when no answer comes.
 */
export async function respond(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
  let response = await send(method, path, options);
  if (response.status === 401 && !provesIdentity(path)) {
    if (await refresh()) response = await send(method, path, options);
    if (response.status === 401) signedOut?.();
  }
  if (!response.ok) throw await Problem.from(response);
  return response;
}

async function json<T>(method: Method, path: string, options: RequestOptions): Promise<T> {
  const response = await respond(method, path, options);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const http = {
  get: <T>(path: string, signal?: AbortSignal) => json<T>('GET', path, signal ? { signal } : {}),
  post: <T = undefined>(path: string, body?: unknown) => json<T>('POST', path, { body }),
  put: <T = undefined>(path: string, body: unknown) => json<T>('PUT', path, { body }),
  patch: <T = undefined>(path: string, body: unknown) => json<T>('PATCH', path, { body }),
  delete: (path: string) => json<undefined>('DELETE', path, {}),
};
