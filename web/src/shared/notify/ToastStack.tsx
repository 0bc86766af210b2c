import { useEffect, useState } from 'react';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useT } from '@/shared/i18n/language';
import classes from './ToastStack.module.css';
import { dismiss, undo, undoLatest, useToasts, type Toast } from './toasts';

const seconds = 10;

/** The toasts at the bottom of the window. Hovering or focusing one stops its clock; Ctrl Z undoes the newest. */
export function ToastStack() {
  const toasts = useToasts((state) => state.shown);
  const t = useT();

  useEffect(() => {
    const keyed = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]');
      if (!typing && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z' && undoLatest()) event.preventDefault();
    };
    window.addEventListener('keydown', keyed);
    return () => window.removeEventListener('keydown', keyed);
  }, []);

  return (
    <section className={classes.stack} aria-live="polite" aria-label={t('shell.notices')}>
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const t = useT();
  const [left, setLeft] = useState(seconds);
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (held) return;
    const clock = setInterval(() => setLeft((before) => before - 1), 1000);
    return () => clearInterval(clock);
  }, [held]);

  useEffect(() => {
    if (left <= 0) dismiss(toast);
  }, [left, toast]);

  return (
    <div className={classes.toast} data-kind={toast.kind} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <span>{toast.text}</span>
      {toast.undo ? (
        <button
          type="button"
          className={classes.undo}
          onClick={() => undo(toast)}
        >
          {t('shell.undo')}
          <span aria-hidden="true" className={classes.left}>
            {t('shell.undoLeft', { seconds: left })}
          </span>
        </button>
      ) : (
        <button type="button" className={classes.close} aria-label={t('shell.dismiss')} onClick={() => dismiss(toast)}>
          <XIcon size={14} />
        </button>
      )}
    </div>
  );
}
