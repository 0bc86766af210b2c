import { useEffect } from 'react';
import { create } from 'zustand';

/** Dialogs that any app may open; their parts are loaded when they are first needed. */
export type Dialog = 'palette' | 'keys' | 'provider' | 'key';

interface ShellState {
  dialog: Dialog | null;
  /** The list pane as a drawer, on widths where it does not stand beside the sheet. */
  listOpen: boolean;
  /** How many things work at this moment; the gold line shows while any does. */
  working: number;
  /** Opens or closes the context pane of the app that is shown, where it has one. */
  toggleContext: (() => void) | null;
}

export const useShell = create<ShellState>(() => ({ dialog: null, listOpen: false, working: 0, toggleContext: null }));

export const openDialog = (dialog: Dialog): void => useShell.setState({ dialog });
export const closeDialog = (): void => useShell.setState({ dialog: null });
export const setListOpen = (listOpen: boolean): void => useShell.setState({ listOpen });

/** Lights the gold line along the sheet's top edge while `active`. */
export function useWorking(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    useShell.setState(({ working }) => ({ working: working + 1 }));
    return () => useShell.setState(({ working }) => ({ working: working - 1 }));
  }, [active]);
}
