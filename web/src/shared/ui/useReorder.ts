import { useRef, useState, type PointerEvent, type RefObject } from 'react';

interface Drag {
  from: number;
  /** Where the row would stand if it were let go now. */
  to: number;
}

/** Lets the rows of a list be pulled to another place by their handle, with mouse, pen or finger. Whoever uses it also offers buttons. */
export function useReorder(list: RefObject<HTMLElement | null>, onMove: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<Drag>();
  // Events come faster than the state is drawn.
  const latest = useRef<Drag>(undefined);
  const set = (next: Drag | undefined) => {
    latest.current = next;
    setDrag(next);
  };

  const handle = (from: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      set({ from, to: from });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (latest.current?.from === from) set({ from, to: placeAt(list.current, from, event.clientY) });
    },
    onPointerUp: () => {
      const done = latest.current;
      set(undefined);
      if (done && done.to !== done.from) onMove(done.from, done.to);
    },
    onPointerCancel: () => set(undefined),
  });

  /** Of a row: whether it is pulled, and whether the pulled one would stand before or behind it. */
  const mark = (index: number): 'pulled' | 'before' | 'after' | undefined => {
    if (!drag || drag.to === drag.from) return drag?.from === index ? 'pulled' : undefined;
    if (drag.from === index) return 'pulled';
    if (drag.to !== index) return undefined;
    return drag.to < drag.from ? 'before' : 'after';
  };

  return { handle, mark };
}

function placeAt(list: HTMLElement | null, from: number, y: number): number {
  const rows = [...(list?.querySelectorAll(':scope > [data-row]') ?? [])];
  return rows.filter((row, index) => {
    const { top, height } = row.getBoundingClientRect();
    return index !== from && top + height / 2 < y;
  }).length;
}
