import type { KeyboardEvent } from 'react';
import { lettersAct } from '@/shared/keyboard/letters';

/**
 * Single letters on a focused message. They act only while the message itself has the focus, never inside a field or
 * a button in it, and only where the person has not switched letters off.
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
  const act = lettersAct() ? keys[event.key.toLowerCase()] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
}
