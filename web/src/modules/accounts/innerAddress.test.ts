import { describe, expect, it } from 'vitest';
import { innerAddress } from './innerAddress';

describe('the address to go to after signing in', () => {
  it('keeps an address of the house with its parameters and fragment', () => {
    expect(innerAddress('/assistant/7?at=9&pane=details#x')).toBe('/assistant/7?at=9&pane=details#x');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', 7, undefined, null, ['/a']])(
    'refuses %j',
    (value) => {
      expect(innerAddress(value)).toBeUndefined();
    },
  );

  it.each(['/sign-in', '/sign-in?to=%2Fsign-in', '/setup#token'])('does not lead back to %s', (value) => {
    expect(innerAddress(value)).toBeUndefined();
  });

  it('does not let a tab or a line break make another site of it', () => {
    for (const value of ['/\t/evil.example', '/\n/evil.example']) {
      const kept = innerAddress(value);
      expect(new URL(kept ?? '/', window.location.origin).origin).toBe(window.location.origin);
    }
  });
});
