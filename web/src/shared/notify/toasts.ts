import { create } from 'zustand';

export interface Toast {
  id: number;
  text: string;
  kind: 'plain' | 'bad';
  /** What Undo does; the toast counts its 10 s down. */
  undo?: (() => void) | undefined;
}

interface Toasts {
  shown: readonly Toast[];
}

let next = 1;

export const useToasts = create<Toasts>(() => ({ shown: [] }));

export const dismiss = (id: number): void => useToasts.setState(({ shown }) => ({ shown: shown.filter((toast) => toast.id !== id) }));

/** One line at the bottom of the window, gone after 10 s; never the only place where something is said. */
export function notify(text: string, options: { kind?: Toast['kind']; undo?: () => void } = {}): void {
  const toast: Toast = { id: next++, text, kind: options.kind ?? 'plain', undo: options.undo };
  useToasts.setState(({ shown }) => ({ shown: [...shown.slice(-2), toast] }));
}

export function undoLatest(): boolean {
  const latest = useToasts.getState().shown.findLast((toast) => toast.undo !== undefined);
  if (!latest) return false;
  dismiss(latest.id);
  latest.undo?.();
  return true;
}
