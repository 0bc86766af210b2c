import { useEffect, useRef, useState } from 'react';
import type { CodeLine } from './highlighter';
import { whenIdle } from './whenIdle';

interface Highlighted {
  lines: readonly CodeLine[];
  /** How much of the source the lines hold. */
  length: number;
}

const largest = 60_000;
const largestStreaming = 20_000;
const pause = 200;

const cache = new Map<string, readonly CodeLine[]>();
const cacheSize = 200;

const keyOf = (source: string, language: string) => `${language}\n${source}`;

/** Colours for code, whole lines only while it streams; undefined until they are there, and for what is too long. */
export function useHighlight(source: string, language: string, streaming: boolean): Highlighted | undefined {
  const whole = streaming ? source.slice(0, source.lastIndexOf('\n') + 1) : `${source}\n`;
  const wanted = language !== '' && whole.length > 1 && whole.length <= (streaming ? largestStreaming : largest) ? whole : undefined;
  const [known, setKnown] = useState<{ source: string; lines: readonly CodeLine[] }>();
  const remembered = wanted === undefined ? undefined : cache.get(keyOf(wanted, language));
  const latest = useRef(wanted);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    latest.current = wanted;
    if (wanted === undefined || remembered || !streaming) return;
    // The first line of a pause starts the clock and the last one is drawn: five times a second, however fast it comes.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const now = latest.current;
      if (now !== undefined) void colour(now, language).then((lines) => lines && setKnown({ source: now, lines }));
    }, pause);
  }, [wanted, remembered, language, streaming]);

  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    if (wanted === undefined || remembered || streaming) return;
    let stale = false;
    const cancel = whenIdle(async () => {
      const lines = await colour(wanted, language);
      if (lines) remember(keyOf(wanted, language), lines);
      if (lines && !stale) setKnown({ source: wanted, lines });
    });
    return () => {
      stale = true;
      cancel();
    };
  }, [wanted, remembered, language, streaming]);

  if (wanted !== undefined && remembered) return { lines: remembered, length: Math.min(wanted.length, source.length) };
  if (known && `${source}\n`.startsWith(known.source)) return { lines: known.lines, length: Math.min(known.source.length, source.length) };
  return undefined;
}

/** Code without colours is still code: what cannot be loaded or read leaves it plain. */
async function colour(source: string, language: string): Promise<readonly CodeLine[] | undefined> {
  try {
    const { highlight } = await import('./highlighter');
    return await highlight(source.slice(0, -1), language);
  } catch {
    return undefined;
  }
}

function remember(key: string, lines: readonly CodeLine[]) {
  cache.set(key, lines);
  const oldest = cache.size > cacheSize ? cache.keys().next().value : undefined;
  if (oldest !== undefined) cache.delete(oldest);
}
