import { useEffect } from 'react';

const holdsEscape = '[role="dialog"], [role="menu"], [data-holds-escape]';

/** Esc stops the answer, unless something that stands above it closes first. */
export function useStopKey(active: boolean, stop: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      const inside = event.target instanceof Element && event.target.closest(holdsEscape);
      if (inside || document.querySelector('[role="dialog"], [role="menu"]')) return;
      event.preventDefault();
      stop();
    };
    // Before the dialogs hear it, or they would be gone already when this looks for them.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [active, stop]);
}
