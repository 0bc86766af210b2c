import { useEffect } from 'react';

/** Ctrl F opens the search of this page; pressed again in it, it is the browser's. */
export function useFindKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      const field = document.querySelector<HTMLElement>('[data-find]');
      if (field && field === document.activeElement) return;
      event.preventDefault();
      if (field) field.focus();
      else open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
}
