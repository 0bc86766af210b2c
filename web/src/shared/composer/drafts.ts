const prefix = 'atrium.draft.';

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
