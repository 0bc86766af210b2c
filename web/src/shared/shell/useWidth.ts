import { useSyncExternalStore } from 'react';

export type Width = 'phone' | 'tablet' | 'desktop' | 'wide';

const tablet = window.matchMedia('(min-width: 768px)');
const desktop = window.matchMedia('(min-width: 1280px)');
const wide = window.matchMedia('(min-width: 1792px)');

function subscribe(changed: () => void): () => void {
  const lists = [tablet, desktop, wide];
  for (const list of lists) list.addEventListener('change', changed);
  return () => {
    for (const list of lists) list.removeEventListener('change', changed);
  };
}

const read = (): Width => (wide.matches ? 'wide' : desktop.matches ? 'desktop' : tablet.matches ? 'tablet' : 'phone');

/** Which of the four layouts the window has room for. */
export const useWidth = (): Width => useSyncExternalStore(subscribe, read);
