import { useEffect, useRef, type RefObject } from 'react';

// Mantine gives the focus of a closed menu back to its button after 10 ms, from whatever took it meanwhile.
const afterMenu = 40;

/** Focuses and selects a field that a menu item has opened. */
export function useFocusAfterMenu(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => field.current?.select(), afterMenu);
    return () => clearTimeout(timer);
  }, []);
  return field;
}
