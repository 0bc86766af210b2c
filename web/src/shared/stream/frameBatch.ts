/** Collects what arrives between two frames and hands it over once, so that a fast stream paints once a frame. */
export function createFrameBatch<T>(apply: (items: T[]) => void) {
  let waiting: T[] = [];
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
    timer = undefined;
    const items = waiting;
    waiting = [];
    if (items.length > 0) apply(items);
  }

  return {
    add(item: T) {
      waiting.push(item);
      // A hidden tab gets no frames; its text must still grow for the day it is shown, and for screen readers.
      if (document.hidden) timer ??= setTimeout(flush, 250);
      else if (frame === 0) frame = requestAnimationFrame(flush);
    },
    flush,
    discard() {
      waiting = [];
      flush();
    },
  };
}
