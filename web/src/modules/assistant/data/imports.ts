import { queryOptions } from '@tanstack/react-query';
import type { Import } from '@/api/types';
import { http } from '@/shared/http/http';
import { Problem } from '@/shared/http/problem';

export const isRunning = ({ status }: Import): boolean => status === 'queued' || status === 'running';

/** The person's imports, newest first; looked at each second while one runs. */
export const importsQuery = queryOptions({
  queryKey: ['assistant', 'imports'],
  queryFn: async ({ signal }) => (await http.get<{ items: Import[] }>('/api/imports', signal)).items,
  refetchInterval: ({ state }) => (state.data?.some(isRunning) === true ? 1000 : false),
});

/**
 * Sends a file to be imported.
 * @param onSent from 0 to 1.
 * @throws Problem when the house refuses it or does not answer; AbortError when it was given up.
 */
export function sendImport(file: File, onSent: (share: number) => void, signal: AbortSignal): Promise<{ id: string }> {
  const form = new FormData();
  form.append('file', file);
  // Only this old interface of the browser says how much of a body has been sent.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      const body = parse(request.responseText);
      if (request.status < 300 && body?.id !== undefined) resolve({ id: body.id });
      else reject(new Problem(body?.code ?? `http-${request.status}`, body?.title ?? `The server answered ${request.status}.`, request.status));
    });
    request.addEventListener('error', () => reject(new Problem('no-connection', 'No connection to the house.', 0)));
    request.addEventListener('abort', () => reject(new DOMException('Given up.', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', '/api/conversations/import');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.send(form);
  });
}

function parse(text: string): { id?: string; code?: string; title?: string } | undefined {
  try {
    return JSON.parse(text) as { id?: string; code?: string; title?: string };
  } catch {
    return undefined;
  }
}
