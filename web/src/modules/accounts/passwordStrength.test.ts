import { describe, expect, it } from 'vitest';
import { passwordStrength } from './passwordStrength';

describe('the strength of a password', () => {
  it('is nothing below the shortest that the house takes', () => {
    expect(passwordStrength('Ab1$xyq7&Qw')).toBe(0);
  });

  it.each(['aaaaaaaaaaaaaaaa', 'abcdefghijkl', '123456789012', '111122223333'])('is weak for %s, however long', (password) => {
    expect(passwordStrength(password)).toBe(1);
  });

  it('is strong for four words', () => {
    expect(passwordStrength('oven lamp tide chalk')).toBe(4);
  });

  it('grows with length', () => {
    expect(passwordStrength('kq7w0zvmkq7w')).toBeLessThan(passwordStrength('kq7w0zvmkd93hxqpAT'));
  });
});
