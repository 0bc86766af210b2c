import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { House } from '@/api/types';
import { queryClient } from '@/shared/http/queryClient';
import { houseQuery } from '@/shared/session/queries';
import { chat, computerModelId, computerModelOf, contextOf, listModels, type OllamaPiece } from './ollama';

const refused = new TypeError('Failed to fetch');
const serve = (answer: (url: string, init: RequestInit) => Response | Promise<Response>) => vi.stubGlobal('fetch', vi.fn((url: string, init: RequestInit) => Promise.resolve(answer(url, init))));
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const call = { messages: [{ role: 'user', content: 'Go', images: null }], options: { temperature: 0.2, topP: null, maxOutputTokens: 50 } };

describe('Ollama on this computer', () => {
  beforeEach(() => {
    queryClient.setQueryData(houseQuery.queryKey, { ollamaOrigins: ['http://localhost:11434', 'http://127.0.0.1:11434'] } as House);
    vi.stubGlobal('isSecureContext', true);
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 Chrome/142.0', permissions: { query: () => Promise.resolve({ state: 'prompt' }) } });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('names its models, and which of them run in its cloud', { meta: { keeps: ['Z-035'] } }, async () => {
    serve(() => json({ models: [{ name: 'llama3.2:3b', details: { parameter_size: '3.2B' } }, { name: 'gpt-oss:120b-cloud' }] }));
    await expect(listModels()).resolves.toEqual([
      { name: 'llama3.2:3b', size: '3.2B', cloud: false },
      { name: 'gpt-oss:120b-cloud', size: undefined, cloud: true },
    ]);
  });

  it('is looked for at the second address when the first is silent', async () => {
    serve((url) => (url.includes('localhost') ? Promise.reject(refused) : json({ models: [] })));
    await expect(listModels()).resolves.toEqual([]);
  });

  it('is off when nothing answers at all', async () => {
    serve(() => Promise.reject(refused));
    await expect(listModels()).rejects.toMatchObject({ code: 'ollama-unreachable' });
  });

  it('refuses the page when it answers, but not for the page to read', async () => {
    serve((_, init) => (init.mode === 'no-cors' ? new Response('Ollama is running') : Promise.reject(refused)));
    await expect(listModels()).rejects.toMatchObject({ code: 'ollama-origin-refused' });
  });

  it('is kept from the page by the browser when the person has refused', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Chrome', permissions: { query: () => Promise.resolve({ state: 'denied' }) } });
    serve(() => Promise.reject(refused));
    await expect(listModels()).rejects.toMatchObject({ code: 'ollama-blocked' });
  });

  it('cannot be reached from a plain http address of the network, and is not asked', async () => {
    vi.stubGlobal('isSecureContext', false);
    serve(() => json({}));
    await expect(listModels()).rejects.toMatchObject({ code: 'ollama-impossible' });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('reads as much as the model can, within what a computer holds', async () => {
    serve(() => json({ model_info: { 'llama.context_length': 131_072 } }));
    await expect(contextOf('llama3.2:3b')).resolves.toBe(8192);
    serve(() => json({ model_info: { 'tiny.context_length': 2048 } }));
    await expect(contextOf('tiny')).resolves.toBe(2048);
    serve(() => json({}));
    await expect(contextOf('unknown')).resolves.toBe(4096);
  });

  it('hands over what it says, in order, however the lines are cut', async () => {
    const lines = ['{"message":{"content":"","thinking":"Hm."},"done":false}\n{"message":{"con', 'tent":"Lo"}}\n', '{"message":{"content":"ad."}}\n{"message":{"content":""},"done":true,"done_reason":"length","prompt_eval_count":7,"eval_count":3}'];
    serve(() => new Response(new ReadableStream({ start: (stream) => { for (const line of lines) stream.enqueue(new TextEncoder().encode(line)); stream.close(); } })));
    const pieces: OllamaPiece[] = [];
    await expect(chat('m', 4096, call, (piece) => pieces.push(piece), new AbortController().signal)).resolves.toEqual({ stopReason: 'length', usage: { inputTokens: 7, outputTokens: 3 } });
    expect(pieces.map(({ text }) => text).join('')).toBe('Load.');
    expect(pieces.map(({ reasoning }) => reasoning).join('')).toBe('Hm.');
    const [, request] = vi.mocked(fetch).mock.calls[0] ?? [];
    expect(JSON.parse(request?.body as string)).toMatchObject({ model: 'm', stream: true, options: { num_ctx: 4096, temperature: 0.2, num_predict: 50 } });
  });

  it('has broken off when the stream ends without its end, or says an error', async () => {
    serve(() => new Response('{"message":{"content":"Lo"}}\n'));
    await expect(chat('m', 4096, call, () => undefined, new AbortController().signal)).rejects.toMatchObject({ code: 'cut-off' });
    serve(() => new Response('{"error":"out of memory"}\n'));
    await expect(chat('m', 4096, call, () => undefined, new AbortController().signal)).rejects.toMatchObject({ code: 'cut-off' });
  });

  it('says when it does not have the model', async () => {
    serve(() => json({ error: 'model not found' }, 404));
    await expect(chat('m', 4096, call, () => undefined, new AbortController().signal)).rejects.toMatchObject({ code: 'ollama-model-missing' });
  });

  it('knows its own models by their ids', () => {
    expect(computerModelOf(computerModelId('hf.co/a/b:q4'))).toBe('hf.co/a/b:q4');
    expect(computerModelOf('openai/gpt-6')).toBeUndefined();
    expect(computerModelOf(null)).toBeUndefined();
  });
});
