const keptForEverybody = ['atrium.locale', 'mantine-color-scheme-value'];

/** Removes what this device keeps of the person: drafts, what waits to be sent, what was asked. */
export function forgetDevice(): void {
  sessionStorage.clear();
  for (const key of Object.keys(localStorage)) if (!keptForEverybody.includes(key)) localStorage.removeItem(key);
}
