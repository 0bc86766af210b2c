import { create } from 'zustand';

export interface Toast {
  id: number;
  text: string;
  kind: 'plain' | 'bad';
  /** What Undo does; the toast counts its 10 s down. */
  undo?: (() => void) | undefined;
  /** What happens when the time for Undo has passed, or the page is left before. */
  gone?: (() => void) | undefined;
}

interface Toasts {
  shown: readonly Toast[];
}

const most = 3;
let next = 1;

export const useToasts = create<Toasts>(() => ({ shown: [] }));

const remove = (id: number): void => useToasts.setState(({ shown }) => ({ shown: shown.filter((toast) => toast.id !== id) }));

/** Takes a toast away for good: what it offered to undo is now final. */
export function dismiss(toast: Toast): void {
  if (!useToasts.getState().shown.includes(toast)) return;
  remove(toast.id);
  toast.gone?.();
}

export function undo(toast: Toast): void {
  if (!useToasts.getState().shown.includes(toast)) return;
  remove(toast.id);
  toast.undo?.();
}

export function undoLatest(): boolean {
  const latest = useToasts.getState().shown.findLast((toast) => toast.undo !== undefined);
  if (latest) undo(latest);
  return latest !== undefined;
}

/** One line at the bottom of the window, gone after 10 s; never the only place where something is said. */
export function notify(text: string, options: Partial<Pick<Toast, 'kind' | 'undo' | 'gone'>> = {}): void {
  const toast: Toast = { id: next++, text, kind: 'plain', ...options };
  const { shown } = useToasts.getState();
  useToasts.setState({ shown: [...shown, toast] });
  if (shown.length >= most && shown[0]) dismiss(shown[0]);
}

window.addEventListener('pagehide', () => useToasts.getState().shown.forEach(dismiss));
