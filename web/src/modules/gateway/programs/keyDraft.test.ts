import { describe, expect, it } from 'vitest';
import { listOf, newKey, toNewKey, wrongKeyFields } from './keyDraft';
import { stateOf } from './queries';

const noon = new Date(2026, 10, 20, 12).getTime();

describe('a key that is described', () => {
  it('needs only a name', () => {
    expect(wrongKeyFields({ ...newKey, name: 'Shop till' })).toEqual([]);
    expect(toNewKey({ ...newKey, name: ' Shop till ' })).toEqual({ name: 'Shop till' });
    expect(wrongKeyFields({ ...newKey, name: '  ' })).toEqual(['name']);
  });

  it('takes lists as people write them', () => {
    expect(listOf('openai/*, gpt-5\n  gpt-5;x')).toEqual(['openai/*', 'gpt-5', 'x']);
    expect(listOf(' ')).toEqual([]);
  });

  it('names every field that is wrong', () => {
    const wrong = { ...newKey, name: 'x', addresses: '192.0.2.7 localhost', budget: 'much', requestsPerMinute: '0', tokensPerMinute: '1.5', concurrentCalls: '10001', lastDay: '2026-11-19' };
    expect(wrongKeyFields(wrong, noon)).toEqual(['addresses', 'budget', 'requestsPerMinute', 'tokensPerMinute', 'concurrentCalls', 'lastDay']);
  });

  it('works up to the end of its last day', () => {
    const draft = { ...newKey, name: 'x', lastDay: '2026-11-20' };
    expect(wrongKeyFields(draft, noon)).toEqual([]);
    expect(toNewKey(draft).expiresAt).toBe(new Date(2026, 10, 21).toISOString());
  });

  it('sends what is set and nothing else', () => {
    expect(toNewKey({ ...newKey, name: 'x', models: 'openai/*', endpoints: ['chat'], addresses: '10.0.0.0/8 2001:db8::1', budget: '2,50', requestsPerMinute: '60' })).toEqual({
      name: 'x',
      models: ['openai/*'],
      endpoints: ['chat'],
      addresses: ['10.0.0.0/8', '2001:db8::1'],
      budget: '2.50',
      requestsPerMinute: 60,
    });
    expect(wrongKeyFields({ ...newKey, name: 'x', addresses: '10.0.0.0/8 2001:db8::1' })).toEqual([]);
  });
});

it('tells which keys still work', () => {
  const key = { id: 'k', name: 'x', prefix: 'atr_abcdef', models: [], endpoints: [], addresses: [], createdAt: '2026-01-01T00:00:00Z' };
  expect(stateOf(key, noon)).toBe('live');
  expect(stateOf({ ...key, expiresAt: new Date(noon).toISOString() }, noon)).toBe('expired');
  expect(stateOf({ ...key, exposedAt: '2026-02-01T00:00:00Z' }, noon)).toBe('exposed');
  expect(stateOf({ ...key, exposedAt: '2026-02-01T00:00:00Z', revokedAt: '2026-02-02T00:00:00Z' }, noon)).toBe('revoked');
});
