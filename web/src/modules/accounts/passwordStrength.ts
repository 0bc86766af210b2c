export const shortestPassword = 12;
export const longestPassword = 128;

export type Strength = 0 | 1 | 2 | 3 | 4;

const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d\s]/, /\s/, /[^ -~]/];
const sizes = [26, 26, 10, 33, 1, 100];

/** Why the house refused a password: its length, or that it is everybody's or the person's own name. */
export const passwordProblem = (password: string) =>
  password.length < shortestPassword || password.length > longestPassword ? 'accounts.password.rule' : 'accounts.password.common';

/**
 * How hard a password is to guess, from 0 (too short) to 4: bits by length and kinds of letters, where a
 * letter that repeats the one before it, or follows it in the alphabet, hardly counts.
 */
export function passwordStrength(password: string): Strength {
  if (password.length < shortestPassword) return 0;
  const alphabet = classes.reduce((size, kind, index) => size + (kind.test(password) ? (sizes[index] ?? 0) : 0), 0);
  let surprising = 0;
  for (let index = 0; index < password.length; index++) {
    const step = index === 0 ? Number.NaN : password.charCodeAt(index) - password.charCodeAt(index - 1);
    surprising += Math.abs(step) <= 1 ? 0.2 : 1;
  }
  const variety = new Set(password).size / password.length;
  const bits = surprising * Math.log2(alphabet) * Math.min(1, variety * 2);
  if (bits < 40) return 1;
  if (bits < 56) return 2;
  return bits < 72 ? 3 : 4;
}
