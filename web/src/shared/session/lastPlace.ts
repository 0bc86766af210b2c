const place = 'atrium.last';

/** The address where this person was last on this device; the start page leads there. */
export function readLastPlace(): string | null {
  try {
    const kept = localStorage.getItem(place);
    return kept !== null && /^\/\w/.test(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Null where the last place is no longer there. */
export function rememberLastPlace(address: string | null): void {
  try {
    if (address === null) localStorage.removeItem(place);
    else localStorage.setItem(place, address);
  } catch {
    // Without a store the start page opens what it always does.
  }
}
