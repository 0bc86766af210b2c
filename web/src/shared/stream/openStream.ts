import type { StreamEvent } from './applyStreamEvent';

const names = ['delta', 'reasoning', 'tool', 'usage', 'snapshot', 'done', 'error', 'restarting'] as const;

interface StreamListener {
  onEvent: (event: StreamEvent) => void;
  /** The browser lost the connection and is trying again by itself, with the last event id. */
  onReconnecting?: () => void;
  /** Nothing more will come: the server has nothing running, refused, or cannot be reached. */
  onClosed: () => void;
}

/** Listens to one running answer. Returns the function that stops listening; the answer itself goes on. */
export function openStream(address: string, listener: StreamListener): () => void {
  const source = new EventSource(address);
  for (const name of names) {
    source.addEventListener(name, (received: Event) => {
      // "error" is both the name of a server event, which carries data, and of a lost connection, which does not.
      if (!(received instanceof MessageEvent)) {
        if (source.readyState === EventSource.CLOSED) listener.onClosed();
        else listener.onReconnecting?.();
        return;
      }
      const event = parse(name, received.data);
      if (!event) return;
      if (event.type === 'done' || event.type === 'error') source.close();
      listener.onEvent(event);
    });
  }
  return () => source.close();
}

function parse(type: StreamEvent['type'], data: unknown): StreamEvent | undefined {
  try {
    return { ...(JSON.parse(String(data)) as object), type } as StreamEvent;
  } catch {
    return undefined;
  }
}
