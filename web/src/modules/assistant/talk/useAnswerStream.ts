import { useEffect, useState } from 'react';
import { isLast, type StreamEvent } from '@/shared/stream/applyStreamEvent';
import { createFrameBatch } from '@/shared/stream/frameBatch';
import { openStream } from '@/shared/stream/openStream';

interface AnswerStream {
  address: string;
  /** The generation to listen to; undefined when nothing runs. A new value listens anew, from the beginning. */
  generation: string | undefined;
  onEvents: (events: StreamEvent[]) => void;
  /** The stream ended without a last event: what is stored says how the answer stands. */
  onLost: () => void;
}

const longestPause = 8000;

/** Listens while an answer runs, through lost connections and restarts. Returns whether the connection is away. */
export function useAnswerStream({ address, generation, onEvents, onLost }: AnswerStream): boolean {
  const [away, setAway] = useState(false);

  useEffect(() => {
    if (generation === undefined) return;
    const batch = createFrameBatch(onEvents);
    let close = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;

    const reopen = () => {
      close();
      setAway(true);
      clearTimeout(timer);
      timer = setTimeout(open, Math.min(longestPause, 500 * 2 ** tries++));
    };
    const open = () => {
      close = openStream(address, {
        onEvent: (event) => {
          if (event.type === 'restarting') {
            reopen();
            return;
          }
          tries = 0;
          setAway(false);
          batch.add(event);
          if (isLast(event)) batch.flush();
        },
        onReconnecting: () => setAway(true),
        onClosed: () => {
          batch.flush();
          onLost();
          reopen();
        },
      });
    };
    open();
    return () => {
      close();
      clearTimeout(timer);
      batch.discard();
      setAway(false);
    };
  }, [address, generation, onEvents, onLost]);

  return away;
}
