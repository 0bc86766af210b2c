const kept = 'atrium.letters';

/** Whether single letters act on this device; off for whoever speaks to the machine or types by accident. */
export const lettersAct = (): boolean => localStorage.getItem(kept) !== 'off';

export const setLettersAct = (on: boolean): void => localStorage.setItem(kept, on ? 'on' : 'off');
