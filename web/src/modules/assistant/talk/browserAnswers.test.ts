import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/shared/http/problem';
import { http } from '@/shared/http/http';
import { chat, OllamaProblem, type OllamaEnd, type OllamaPiece } from '@/shared/ollama/ollama';
import type * as Ollama from '@/shared/ollama/ollama';
import { runBrowserAnswer, stopBrowserAnswer } from './browserAnswers';

vi.mock('@/shared/ollama/ollama', async (original) => ({ ...(await original<typeof Ollama>()), chat: vi.fn() }));

const model = { model: 'llama3.2:3b', contextTokens: 4096 };
const call = { messages: [], options: { temperature: null, topP: null, maxOutputTokens: null } };
const end: OllamaEnd = { stopReason: 'stop', usage: { inputTokens: 3, outputTokens: 2 } };

interface Play {
  say: (text: string) => void;
  finish: () => void;
  fail: (problem: Error) => void;
}

/** A model that says what the test lets it say. */
function play(): Play {
  const acts = {} as Play;
  vi.mocked(chat).mockImplementation(
    (_model, _context, _call, onPiece: (piece: OllamaPiece) => void, signal) =>
      new Promise<OllamaEnd>((resolve, reject) => {
        acts.say = (text) => onPiece({ text, reasoning: '' });
        acts.finish = () => resolve(end);
        acts.fail = reject;
        signal.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')));
      }),
  );
  return acts;
}

describe('an answer made by this computer', () => {
  const sent: [string, unknown][] = [];
  let answer: (path: string, body: unknown) => Promise<undefined>;

  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = 0;
    answer = () => Promise.resolve(undefined);
    vi.spyOn(http, 'post').mockImplementation((path, body) => {
      sent.push([path, structuredClone(body)]);
      return answer(path, body);
    });
  });
  afterEach(() => vi.useRealTimers());

  it('is sent to the house piece by piece, each from where the last one ended, and then finished', { meta: { keeps: ['Z-034'] } }, async () => {
    const ollama = play();
    const done = runBrowserAnswer('g', model, call);
    ollama.say('Load ');
    await vi.advanceTimersByTimeAsync(260);
    ollama.say('the ');
    ollama.say('shelf.');
    await vi.advanceTimersByTimeAsync(260);
    ollama.finish();
    await done;
    expect(sent).toEqual([
      ['/api/generations/g/chunks', { parts: [{ type: 'text', offset: 0, text: 'Load ' }] }],
      ['/api/generations/g/chunks', { parts: [{ type: 'text', offset: 5, text: 'the shelf.' }] }],
      ['/api/generations/g/finish', { status: 'complete', ...end }],
    ]);
  });

  it('sends again what did not arrive, and loses nothing at its end', async () => {
    const ollama = play();
    let fails = 2;
    answer = () => (fails-- > 0 ? Promise.reject(new Problem('no-connection', '', 0)) : Promise.resolve(undefined));
    const done = runBrowserAnswer('g', model, call);
    ollama.say('Load ');
    await vi.advanceTimersByTimeAsync(260);
    ollama.say('it.');
    ollama.finish();
    await vi.advanceTimersByTimeAsync(1000);
    await done;
    expect(sent.filter(([path]) => path.endsWith('chunks')).at(-1)?.[1]).toEqual({ parts: [{ type: 'text', offset: 0, text: 'Load it.' }] });
    expect(sent.at(-1)).toEqual(['/api/generations/g/finish', { status: 'complete', ...end }]);
  });

  it('says that it is still there while the model loads', async () => {
    const ollama = play();
    const done = runBrowserAnswer('g', model, call);
    await vi.advanceTimersByTimeAsync(10_600);
    expect(sent).toEqual([['/api/generations/g/chunks', { parts: [] }]]);
    ollama.finish();
    await done;
  });

  it('stops the model when the house says that the answer is over, and does not end it twice', async () => {
    const ollama = play();
    answer = () => Promise.reject(new Problem('generation-ended', '', 409));
    const done = runBrowserAnswer('g', model, call);
    ollama.say('Load ');
    await vi.advanceTimersByTimeAsync(260);
    await done;
    expect(sent.map(([path]) => path)).toEqual(['/api/generations/g/chunks']);
  });

  it('stops at once when the person stops it', async () => {
    play();
    const done = runBrowserAnswer('g', model, call);
    stopBrowserAnswer('g');
    await done;
    expect(sent).toEqual([]);
  });

  it('says why the model did not answer', async () => {
    const ollama = play();
    const done = runBrowserAnswer('g', model, call);
    ollama.fail(new OllamaProblem('ollama-unreachable'));
    await done;
    expect(sent).toEqual([['/api/generations/g/finish', { status: 'failed', error: { code: 'ollama-unreachable' } }]]);
  });

  it('tells the house when the page is left', async () => {
    const ollama = play();
    const beacon = vi.fn(() => true);
    vi.stubGlobal('navigator', { sendBeacon: beacon });
    const done = runBrowserAnswer('g', model, call);
    window.dispatchEvent(new Event('pagehide'));
    expect(beacon).toHaveBeenCalledExactlyOnceWith('/api/generations/g/finish', expect.any(Blob));
    ollama.finish();
    await done;
  });
});
