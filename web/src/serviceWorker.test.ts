import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';

const source = readFileSync('public/service-worker.js', 'utf8').replace("'__FIRST_FILES__'", "'/assets/index-1.js'");
const origin = 'https://house.example';

/** The worker as it stands, in a world with one cache and a network that can go away. */
function start() {
  const kept = new Map<string, Response>();
  const key = (request: string | Request) => new URL(typeof request === 'string' ? request : request.url, origin).pathname;
  const cache = {
    addAll: vi.fn((paths: string[]) => paths.forEach((path) => kept.set(path, page('kept')))),
    put: vi.fn((request: string | Request, response: Response) => Promise.resolve(void kept.set(key(request), response))),
  };
  const network = vi.fn<(request: Request) => Promise<Response>>();
  const listeners = new Map<string, (event: unknown) => void>();
  const self = { location: { origin }, addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener), skipWaiting: vi.fn(), clients: { claim: vi.fn(), matchAll: vi.fn((): Promise<unknown[]> => Promise.resolve([])), openWindow: vi.fn(() => Promise.resolve()) } };
  const caches = { open: () => Promise.resolve(cache), match: (request: string | Request) => Promise.resolve(kept.get(key(request))?.clone()), keys: () => Promise.resolve(['atrium-old', 'other']), delete: vi.fn(() => Promise.resolve(true)) };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the worker is a classic script
  new Function('self', 'caches', 'fetch', source)(self, caches, network);

  const ask = (path: string, init: { mode?: string; method?: string } = {}) => {
    let answer: Promise<Response> | undefined;
    const request = { url: new URL(path, origin).href, method: init.method ?? 'GET', mode: init.mode ?? 'cors' };
    listeners.get('fetch')?.({ request, respondWith: (response: Promise<Response>) => (answer = response) });
    return answer;
  };
  return { ask, network, kept, cache, caches, self, listeners };
}

function page(text: string): Response {
  const response = new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  Object.defineProperty(response, 'type', { value: 'basic' });
  return response;
}

describe('the service worker', () => {
  it.each(['/api/me', '/api/conversations/7/stream', '/v1/models', '/hubs/community', '/ready', '/health', '/verify', '/openapi/v1.json', '/metrics'])('leaves %s to the network', (path) => {
    expect(start().ask(path)).toBeUndefined();
  });

  it('leaves other sites and everything that changes something to the network', () => {
    const worker = start();
    expect(worker.ask('http://localhost:11434/api/tags')).toBeUndefined();
    expect(worker.ask('/assets/index-1.js', { method: 'POST' })).toBeUndefined();
  });

  it('opens without network, with the newest page it has seen', { meta: { keeps: ['Z-091'] } }, async () => {
    const worker = start();
    worker.listeners.get('install')?.({ waitUntil: () => undefined });
    await Promise.resolve();
    worker.network.mockResolvedValueOnce(page('newest'));
    await worker.ask('/assistant/7', { mode: 'navigate' });
    worker.network.mockRejectedValue(new TypeError('offline'));
    const answer = await worker.ask('/settings/keyboard', { mode: 'navigate' });
    expect(await answer?.text()).toBe('newest');
  });

  it('asks the network for a page first', async () => {
    const worker = start();
    worker.kept.set('/', page('old'));
    worker.network.mockResolvedValueOnce(page('new'));
    expect(await (await worker.ask('/', { mode: 'navigate' }))?.text()).toBe('new');
  });

  it('asks the network for a hashed file only once', async () => {
    const worker = start();
    const script = new Response('code', { headers: { 'Content-Type': 'text/javascript' } });
    Object.defineProperty(script, 'type', { value: 'basic' });
    worker.network.mockResolvedValueOnce(script);
    await worker.ask('/assets/new-1.js');
    expect(await (await worker.ask('/assets/new-1.js'))?.text()).toBe('code');
    expect(worker.network).toHaveBeenCalledOnce();
  });

  it('never keeps a page in place of a file that is gone', async () => {
    const worker = start();
    worker.network.mockResolvedValueOnce(page('not found, politely'));
    await worker.ask('/assets/gone-1.js');
    expect(worker.kept.has('/assets/gone-1.js')).toBe(false);
  });

  it('brings the open page to the place of a clicked notice, or opens one', async () => {
    const worker = start();
    const page = { postMessage: vi.fn(), focus: vi.fn(() => Promise.resolve()) };
    const click = () =>
      new Promise<void>((resolve) => {
        worker.listeners.get('notificationclick')?.({ notification: { close: () => undefined, data: '/assistant/7' }, waitUntil: (work: Promise<void>) => void work.then(resolve) });
      });
    worker.self.clients.matchAll.mockResolvedValueOnce([page]);
    await click();
    expect(page.postMessage).toHaveBeenCalledExactlyOnceWith({ open: '/assistant/7' });
    expect(worker.self.clients.openWindow).not.toHaveBeenCalled();
    await click();
    expect(worker.self.clients.openWindow).toHaveBeenCalledExactlyOnceWith('/assistant/7');
  });

  it('takes over only when the person says so, and clears what older versions kept', async () => {
    const worker = start();
    worker.listeners.get('message')?.({ data: 'anything' });
    expect(worker.self.skipWaiting).not.toHaveBeenCalled();
    worker.listeners.get('message')?.({ data: 'take-over' });
    expect(worker.self.skipWaiting).toHaveBeenCalledOnce();
    await new Promise<void>((resolve) => {
      worker.listeners.get('activate')?.({ waitUntil: (work: Promise<void>) => void work.then(resolve) });
    });
    expect(worker.caches.delete).toHaveBeenCalledExactlyOnceWith('atrium-old');
  });
});
