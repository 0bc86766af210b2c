import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '@/api/types';
import { textOf } from '@/shared/stream/message';
import { useTalk } from './useTalk';

/** A server with one conversation: it takes questions, and answers when the test says so. */
class House {
  messages: Message[] = [];
  refusal: { status: number; code: string } | undefined;
  asked: { text: string; clientId: string }[] = [];

  readonly fetch = vi.fn((_address: string, request?: { method?: string; body?: string | null }) => {
    if (request?.method !== 'POST') return Promise.resolve(Response.json({ items: structuredClone(this.messages), next: null }));
    if (this.refusal) return Promise.resolve(Response.json({ code: this.refusal.code, title: 'No.' }, { status: this.refusal.status }));
    const question = JSON.parse(request.body ?? '') as { text: string; clientId: string };
    this.asked.push(question);
    const number = this.asked.length;
    const made = { createdAt: '2026-11-20T09:00:00Z', status: 'complete' as const };
    this.messages.push({ id: `q${number}`, role: 'user', parts: [{ type: 'text', text: question.text }], siblings: [`q${number}`], ...made });
    this.messages.push({ id: `a${number}`, role: 'assistant', parts: [], siblings: [`a${number}`], ...made, status: 'streaming', generationId: `g${number}`, provider: 'sim' });
    return Promise.resolve(Response.json({ messageId: `q${number}`, answerId: `a${number}`, generationId: `g${number}` }, { status: 202 }));
  });

  end(text: string, status: Message['status'] = 'complete') {
    const ended: Message = { ...(this.messages.pop() as Message), parts: [{ type: 'text', text }], status };
    this.messages.push(ended);
    return ended;
  }
}

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Source[] = [];
  readyState = 1;

  constructor(readonly address: string) {
    super();
    Source.opened.push(this);
  }

  close() {
    this.readyState = Source.CLOSED;
  }

  say(event: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }

  lose() {
    this.close();
    this.dispatchEvent(new Event('error'));
  }
}

let house: House;

beforeEach(() => {
  sessionStorage.clear();
  house = new House();
  Source.opened = [];
  vi.stubGlobal('fetch', house.fetch);
  vi.stubGlobal('EventSource', Source);
});
afterEach(cleanup);

const question = (text: string) => ({ clientId: `id of ${text}`, text, attachments: [] });
const stream = () => Source.opened.at(-1) as Source;

async function open() {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const { result, unmount } = renderHook(() => useTalk('c'), { wrapper });
  await waitFor(() => expect(result.current.talk.phase).toBe('ready'));
  return { result, unmount };
}

const texts = (messages: readonly Message[]) => messages.map(textOf);

test('Asks, hears the answer word by word, and settles it at the end', async () => {
  const { result } = await open();
  act(() => result.current.send(question('Hello?')));
  await waitFor(() => expect(result.current.running?.id).toBe('a1'));
  expect(stream().address).toBe('/api/conversations/c/stream');
  act(() => stream().say('delta', { messageId: 'a1', offset: 0, text: 'Good ' }));
  act(() => stream().say('delta', { messageId: 'a1', offset: 5, text: 'day' }));
  await waitFor(() => expect(texts(result.current.talk.messages)).toEqual(['Hello?', 'Good day']));
  act(() => stream().say('done', { message: house.end('Good day.') }));
  await waitFor(() => expect(result.current.running).toBeUndefined());
  expect(texts(result.current.talk.messages)).toEqual(['Hello?', 'Good day.']);
  expect(stream().readyState).toBe(Source.CLOSED);
});

test('Sends a queued question when the answer before it has ended, once', async () => {
  const { result } = await open();
  act(() => result.current.send(question('first')));
  await waitFor(() => expect(result.current.running).toBeDefined());
  act(() => result.current.send(question('second')));
  act(() => result.current.send(question('third')));
  expect(result.current.queue.map(({ text }) => text)).toEqual(['second', 'third']);
  act(() => result.current.unqueue('id of third'));
  act(() => stream().say('done', { message: house.end('one') }));
  await waitFor(() => expect(result.current.running?.id).toBe('a2'));
  expect(house.asked.map(({ text }) => text)).toEqual(['first', 'second']);
  expect(result.current.queue).toEqual([]);
});

test('Holds the queue back after an answer that was stopped, until it is told to go on', async () => {
  const { result } = await open();
  act(() => result.current.send(question('first')));
  await waitFor(() => expect(result.current.running).toBeDefined());
  act(() => result.current.send(question('second')));
  act(() => stream().say('done', { message: house.end('on', 'stopped') }));
  await waitFor(() => expect(result.current.queuePaused).toBe(true));
  expect(house.asked).toHaveLength(1);
  act(() => result.current.sendNow(question('second')));
  await waitFor(() => expect(house.asked).toHaveLength(2));
});

test('Keeps the queue over a reload, and the running answer with it', async () => {
  const first = await open();
  act(() => first.result.current.send(question('first')));
  await waitFor(() => expect(first.result.current.running).toBeDefined());
  act(() => first.result.current.send(question('second')));
  first.unmount();
  const { result } = await open();
  expect(result.current.running?.id).toBe('a1');
  expect(result.current.queue.map(({ text }) => text)).toEqual(['second']);
});

test('Keeps a refused question with its reason', async () => {
  const { result } = await open();
  house.refusal = { status: 400, code: 'validation' };
  act(() => result.current.send(question('Hello?')));
  await waitFor(() => expect(result.current.talk.outgoing?.problem).toMatchObject({ code: 'validation' }));
  house.refusal = undefined;
  act(() => result.current.sendNow(question('Hello?')));
  await waitFor(() => expect(result.current.running?.id).toBe('a1'));
  expect(house.asked).toEqual([expect.objectContaining({ clientId: 'id of Hello?' })]);
});

test('Queues behind a question that another tab asked first', async () => {
  const { result } = await open();
  house.refusal = { status: 409, code: 'already-answering' };
  house.messages.push({ id: 'x', role: 'assistant', parts: [], siblings: ['x'], status: 'streaming', generationId: 'g', provider: 'sim', createdAt: '2026-11-20T09:00:00Z' });
  act(() => result.current.send(question('late')));
  await waitFor(() => expect(result.current.running?.id).toBe('x'));
  expect(result.current.queue.map(({ text }) => text)).toEqual(['late']);
  expect(result.current.talk.outgoing).toBeUndefined();
});

test('Sends itself when the connection is back, with the same id', async () => {
  const { result } = await open();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  act(() => result.current.send(question('Hello?')));
  await waitFor(() => expect(result.current.talk.outgoing?.problem).toMatchObject({ status: 0 }));
  vi.stubGlobal('fetch', house.fetch);
  act(() => void window.dispatchEvent(new Event('online')));
  await waitFor(() => expect(result.current.running?.id).toBe('a1'));
  expect(house.asked.map(({ clientId }) => clientId)).toEqual(['id of Hello?']);
});

test('Shows how an answer stands when its stream is lost for good', async () => {
  const { result } = await open();
  act(() => result.current.send(question('Hello?')));
  await waitFor(() => expect(result.current.running).toBeDefined());
  act(() => stream().say('delta', { messageId: 'a1', offset: 0, text: 'Good ' }));
  house.end('Good', 'interrupted');
  act(() => stream().lose());
  await waitFor(() => expect(result.current.talk.messages.at(-1)).toMatchObject({ status: 'interrupted' }));
  expect(texts(result.current.talk.messages)).toEqual(['Hello?', 'Good']);
});

test('Listens anew when words are missing', async () => {
  const { result } = await open();
  act(() => result.current.send(question('Hello?')));
  await waitFor(() => expect(result.current.running).toBeDefined());
  const lost = stream();
  act(() => lost.say('delta', { messageId: 'a1', offset: 40, text: 'late' }));
  await waitFor(() => expect(stream()).not.toBe(lost));
  expect(lost.readyState).toBe(Source.CLOSED);
  act(() => stream().say('snapshot', { message: { ...house.messages.at(-1), parts: [{ type: 'text', text: 'All of it' }] } }));
  await waitFor(() => expect(texts(result.current.talk.messages).at(-1)).toBe('All of it'));
});
