import type { BrowserCall } from '@/api/types';
import { Problem } from '@/shared/http/problem';
import { http } from '@/shared/http/http';
import { chat, OllamaProblem } from '@/shared/ollama/ollama';

/** Which model of this computer answers, and how much it reads. */
export interface BrowserModel {
  model: string;
  contextTokens: number;
}

const every = 250;
/** The house takes 30 s of silence for a page that is gone; a large model may need longer to begin. */
const alive = 10_000;
const mostLetters = 60_000;

type Kind = 'text' | 'reasoning';

const running = new Map<string, AbortController>();

/** Stops the model at once; the house is told by whoever calls. */
export const stopBrowserAnswer = (generation: string): void => running.get(generation)?.abort();

/**
 * Asks the model of this computer and sends what it says to the house, which keeps and streams it like any other answer.
 * It goes on while the person looks at something else, and ends with the page. Does not throw.
 */
export async function runBrowserAnswer(generation: string, { model, contextTokens }: BrowserModel, call: BrowserCall): Promise<void> {
  const stop = new AbortController();
  const sender = createSender(generation, stop);
  const leave = () => void navigator.sendBeacon(`/api/generations/${generation}/finish`, new Blob([JSON.stringify({ status: 'interrupted' })], { type: 'application/json' }));
  running.set(generation, stop);
  window.addEventListener('pagehide', leave);
  try {
    const { stopReason, usage } = await chat(model, contextTokens, call, sender.add, stop.signal);
    await sender.end({ status: 'complete', stopReason, usage });
  } catch (problem) {
    if (!stop.signal.aborted) await sender.end({ status: 'failed', error: { code: problem instanceof OllamaProblem ? problem.code : 'cut-off' } });
  } finally {
    sender.close();
    window.removeEventListener('pagehide', leave);
    running.delete(generation);
  }
}

/** Sends what has come since the last time, a few times a second and one after the other. */
function createSender(generation: string, stop: AbortController) {
  const address = `/api/generations/${generation}`;
  const said: Record<Kind, string> = { text: '', reasoning: '' };
  const sent: Record<Kind, number> = { text: 0, reasoning: 0 };
  let lastSent = Date.now();
  let sending: Promise<void> = Promise.resolve();

  const waiting = () => (['reasoning', 'text'] as const).flatMap((type) => (said[type].length > sent[type] ? [{ type, offset: sent[type], text: said[type].slice(sent[type], sent[type] + mostLetters) }] : []));

  async function send(): Promise<void> {
    const parts = waiting();
    if (parts.length === 0 && Date.now() - lastSent < alive) return;
    try {
      await http.post(`${address}/chunks`, { parts });
      for (const { type, offset, text } of parts) sent[type] = offset + text.length;
      lastSent = Date.now();
    } catch (problem) {
      // Whatever did not arrive is still here and is sent with the next piece.
      if (problem instanceof Problem && problem.status >= 400 && problem.status < 500 && problem.status !== 429) stop.abort();
    }
  }

  const clock = setInterval(() => {
    sending = sending.then(() => (stop.signal.aborted ? undefined : send()));
  }, every);

  return {
    add: ({ text, reasoning }: Record<Kind, string>) => {
      said.text += text;
      said.reasoning += reasoning;
    },
    /** Sends the rest, for as long as the house would wait, and how it ended. */
    end: async (finish: unknown) => {
      clearInterval(clock);
      await sending;
      for (const until = Date.now() + alive; waiting().length > 0 && !stop.signal.aborted && Date.now() < until; ) {
        await send();
        if (waiting().length > 0) await new Promise((resolve) => setTimeout(resolve, every));
      }
      await http.post(`${address}/finish`, finish).catch(() => undefined);
    },
    close: () => clearInterval(clock),
  };
}
