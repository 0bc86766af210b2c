import { describe, expect, it } from 'vitest';
import { forgetDevice } from './forgetDevice';

describe('signing out', () => {
  it('leaves nothing of the person on this device but its language and colours', () => {
    localStorage.setItem('atrium.locale', 'vi');
    localStorage.setItem('mantine-color-scheme-value', 'dark');
    localStorage.setItem('atrium.draft.7', 'Dear Petra');
    sessionStorage.setItem('atrium.asked', '1');
    forgetDevice();
    expect(Object.keys(localStorage).sort()).toEqual(['atrium.locale', 'mantine-color-scheme-value']);
    expect(sessionStorage.length).toBe(0);
  });
});
