const prefix = 'atrium.draft.';
const offered = new EventTarget();

/** What somebody has typed and not sent, kept per place in this browser until sign-out. */
export function readDraft(place: string): string {
  try {
    return localStorage.getItem(prefix + place) ?? '';
  } catch {
    return '';
  }
}

export function writeDraft(place: string, text: string): void {
  try {
    if (text.trim() === '') localStorage.removeItem(prefix + place);
    else localStorage.setItem(prefix + place, text);
  } catch {
    // A full or forbidden store costs the draft only after a reload; typing goes on.
  }
}

/** Puts a text into the composer of a place, whether it stands there already or is opened next. */
export function offerDraft(place: string, text: string): void {
  writeDraft(place, text);
  offered.dispatchEvent(new Event(place));
}

export function onDraftOffered(place: string, listener: () => void): () => void {
  offered.addEventListener(place, listener);
  return () => offered.removeEventListener(place, listener);
}
