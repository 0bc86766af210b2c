import { expect, it, test } from 'vitest';
import type { Provider, ProviderKey } from '@/api/types';
import { candidates, isReachable, moved } from './fallbacks';

const provider = (id: string, change: Partial<Provider> = {}) => ({ id, name: id, usable: true, needsKey: true, ...change }) as Provider;
const key = (of: string, change: Partial<ProviderKey> = {}) => ({ id: `key of ${of}`, provider: of, enabled: true, needsSecret: false, ...change }) as ProviderKey;

test.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
  [0, 1, 'bac'],
])('moves %i to %i', (from, to, order) => {
  expect(moved(['a', 'b', 'c'], from, to).join('')).toBe(order);
});

it('can be asked with a key in use, or without one where none is needed', () => {
  expect(isReachable(provider('groq'), [key('groq')])).toBe(true);
  expect(isReachable(provider('groq'), [key('groq')], 'key of groq')).toBe(true);
  expect(isReachable(provider('ollama', { needsKey: false }), [])).toBe(true);
});

it('cannot be asked with a key that is paused, dropped, gone or another provider’s', () => {
  expect(isReachable(provider('groq'), [])).toBe(false);
  expect(isReachable(provider('groq'), [key('openai')])).toBe(false);
  expect(isReachable(provider('groq'), [key('groq', { enabled: false })])).toBe(false);
  expect(isReachable(provider('groq'), [key('groq', { needsSecret: true })])).toBe(false);
  expect(isReachable(provider('groq'), [key('groq')], 'a deleted one')).toBe(false);
  expect(isReachable(provider('ollama', { needsKey: false }), [], 'a deleted one')).toBe(false);
  expect(isReachable(provider('closed', { usable: false }), [key('closed')])).toBe(false);
  expect(isReachable(undefined, [])).toBe(false);
});

it('offers everybody who can be asked but Offline Lite, which always comes last', () => {
  const all = [provider('groq'), provider('openai'), provider('offline', { needsKey: false })];
  expect(candidates(all, [key('groq')]).map(({ id }) => id)).toEqual(['groq']);
});
