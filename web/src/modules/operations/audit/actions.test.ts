import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import en from '@/shared/i18n/en.json';
import { translator } from '@/shared/i18n/messages';
import { actionName, knownActions } from './actions';

const server = '../src/';
const written = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('Actions.cs'))
  .flatMap((name) => [...readFileSync(server + name, 'utf8').matchAll(/const string \w+ = "([a-z]+\.[a-z-]+)"/g)].map(([, action = '']) => action));

it('has words for everything that the house writes down', () => {
  expect(written).toContain('accounts.signed-in');
  expect(written.filter((action) => !knownActions.includes(action))).toEqual([]);
});

it('shows what it has no words for as it is', () => {
  const t = translator('en', en);
  expect(actionName(t, 'accounts.signed-in')).toBe('Signed in');
  expect(actionName(t, 'kiln.opened')).toBe('kiln.opened');
});
