import { useSyncExternalStore } from 'react';

export type Width = 'phone' | 'tablet' | 'desktop' | 'wide';

const tablet = window.matchMedia('(min-width: 768px)');
const desktop = window.matchMedia('(min-width: 1280px)');
const wide = window.matchMedia('(min-width: 1792px)');

const measure = (): Width => (wide.matches ? 'wide' : desktop.matches ? 'desktop' : tablet.matches ? 'tablet' : 'phone');

// Read once, not once per component: asking the browser makes it bring styles and layout up to date.
let width = measure();
const listeners = new Set<() => void>();

for (const list of [tablet, desktop, wide]) {
  list.addEventListener('change', () => {
    const before = width;
    width = measure();
    if (width !== before) for (const listener of listeners) listener();
  });
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => {
    listeners.delete(changed);
  };
}

/** Which of the four layouts the window has room for. */
export const useWidth = (): Width => useSyncExternalStore(subscribe, () => width);
