import type { Provider } from '@/api/types';

type KeyShape = Pick<Provider, 'id' | 'status' | 'keyPrefixes' | 'keyPattern'>;

/** Whether a text looks like a key rather than words to search for: one long run of letters and digits. */
export function looksLikeKey(text: string): boolean {
  const key = text.trim();
  return key.length >= 20 && /^[\w.:/+=-]+$/.test(key) && /\d/.test(key) && /[a-z]/i.test(key) && !/^https?:/.test(key);
}

/**
 * The provider whose key a pasted text is: by its whole pattern, else by the longest of the known
 * beginnings. Nothing when two providers fit equally well, for a key must not go to the wrong one.
 */
export function recogniseKey(providers: readonly KeyShape[], text: string): string | null {
  const key = text.trim();
  if (!looksLikeKey(key)) return null;
  const fits = providers
    .filter(({ status }) => status === 'active')
    .map((provider) => ({ id: provider.id, whole: matches(provider.keyPattern, key), head: longestPrefix(provider.keyPrefixes, key) }))
    .filter(({ whole, head }) => head > 0 || whole);
  const whole = fits.filter((fit) => fit.whole && fit.head > 0);
  const candidates = whole.length > 0 ? whole : fits.filter(({ head }) => head > 0);
  const longest = Math.max(0, ...candidates.map(({ head }) => head));
  const best = candidates.filter(({ head }) => head === longest);
  return best.length === 1 ? (best[0]?.id ?? null) : null;
}

function longestPrefix(prefixes: readonly string[], key: string): number {
  return Math.max(0, ...prefixes.filter((prefix) => key.startsWith(prefix)).map(({ length }) => length));
}

function matches(pattern: string | null | undefined, key: string): boolean {
  if (!pattern) return false;
  try {
    return new RegExp(pattern).test(key);
  } catch {
    return false;
  }
}
