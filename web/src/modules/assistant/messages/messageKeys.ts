import type { KeyboardEvent } from 'react';

/**
 * Single letters on a focused message. They act only while the message itself has the focus, never inside a field or
 * a button in it.
 */
export function onMessageKey(event: KeyboardEvent<HTMLElement>, keys: Readonly<Record<string, (() => void) | undefined>>) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const all = [...document.querySelectorAll<HTMLElement>('[data-message]')];
    const next = all[all.indexOf(event.currentTarget) + (event.key === 'ArrowUp' ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
    return;
  }
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
}
