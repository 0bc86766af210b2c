import { useEffect, useRef, type RefObject } from 'react';

let opened = false;

/** Focuses a page's heading when its title changes, so that a change of address is heard; never on the first load. */
export function useFocusOnOpen<T extends HTMLElement>(title: string): RefObject<T | null> {
  const heading = useRef<T>(null);
  useEffect(() => {
    document.title = `${title} · Atrium`;
    const active = document.activeElement;
    if (opened && (active === null || active === document.body)) heading.current?.focus({ preventScroll: true });
    opened = true;
  }, [title]);
  return heading;
}
