import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { modules } from '@/app/modules';
import { openDialog, useShell } from '@/shared/shell/shellStore';
import { lettersAct } from '@/shared/keyboard/letters';

const chordTime = 1500;

const places: Readonly<Record<string, string>> = {
  ...Object.fromEntries(modules.map(({ key, path }) => [key, path])),
  m: '/costs',
  s: '/settings',
  p: '/settings/general/api-provider',
};

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role="menu"]') !== null;

/** Focuses the next pane, in the order list, main, context. */
function nextPane(): void {
  const panes = ['list', 'main', 'context'].map((id) => document.getElementById(id)).filter((pane) => pane !== null);
  const now = panes.findIndex((pane) => pane.contains(document.activeElement));
  panes[(now + 1) % panes.length]?.focus();
}

/** Opens the item above or below the chosen one in the list. */
function neighbour(step: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLAnchorElement>('#list a[href]')];
  const now = items.findIndex((item) => item.getAttribute('aria-current') === 'page');
  items[now === -1 ? 0 : now + step]?.click();
}

/** The keys that work everywhere behind the door. */
export function useHouseKeys(): void {
  const navigate = useNavigate();
  const chord = useRef(0);

  const letter = (key: string, at: number): (() => void) | undefined => {
    const afterG = at - chord.current < chordTime && places[key];
    chord.current = key === 'g' ? at : -chordTime;
    if (afterG) return () => void navigate({ to: afterG });
    if (key === '?') return () => openDialog('keys');
    const filter = document.querySelector<HTMLElement>('[data-list-filter]');
    return key === '/' && filter ? () => filter.focus() : undefined;
  };

  const actionOf = (event: KeyboardEvent): (() => void) | undefined => {
    const { key, altKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (command && !altKey && key.toLowerCase() === 'k') return () => openDialog('palette');
    if (useShell.getState().dialog !== null) return undefined;
    if (command && key === '.') return useShell.getState().toggleContext ?? undefined;
    if (key === 'F6') return nextPane;
    if (altKey && !command && (key === 'ArrowDown' || key === 'ArrowUp')) return () => neighbour(key === 'ArrowDown' ? 1 : -1);
    if (command || altKey || isTyping(event.target) || !lettersAct()) return undefined;
    return letter(key.toLowerCase(), event.timeStamp);
  };

  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  });

  useEffect(() => {
    chord.current = -chordTime;
    const listen = (event: KeyboardEvent) => pressed(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
