import { describe, expect, it } from 'vitest';
import type { Budget } from '@/api/money';
import { changeOf, paceOf, tightest } from './pace';

const month = (spent: string, expected: string) => ({ spent, expected });

describe('the pace of a month', () => {
  it('is measured against its limit', () => {
    expect(paceOf(month('12.32', '18.48'), '25')).toBe('onPace');
    expect(paceOf(month('12.32', '25'), '25')).toBe('onPace');
    expect(paceOf(month('12.32', '25.000000000001'), '25')).toBe('overPace');
    expect(paceOf(month('25', '40'), '25')).toBe('reached');
  });

  it('is not judged without one', () => {
    expect(paceOf(month('12', '18'), undefined)).toBe('calm');
    expect(paceOf(month('0', '0'), undefined)).toBe('free');
  });
});

describe('the limit that holds first', () => {
  const budget = (id: string, change: Partial<Budget>): Budget => ({ id, kind: 'all', period: 'day', unit: 'dollars', amount: '2', alertPercent: 80, spent: '0', held: '0', state: 'ok', setBy: 'person', owner: 'mira', resetsAt: '2026-11-21T00:00:00Z', ...change });
  const all = [budget('own', {}), budget('month', { period: 'month', amount: '1' }), budget('each', { owner: 'each', amount: '1.50' }), budget('model', { kind: 'model', subject: 'x', amount: '0.10' }), budget('tokens', { unit: 'tokens', amount: '1' }), budget('house', { owner: 'everyone', amount: '1' })];

  it('is the smallest on all money of the period', () => {
    expect(tightest(all, 'day', (owner) => owner !== 'everyone')?.id).toBe('each');
    expect(tightest(all, 'day', (owner) => owner === 'everyone')?.id).toBe('house');
    expect(tightest(all, 'month', () => true)?.id).toBe('month');
    expect(tightest([], 'day', () => true)).toBeUndefined();
  });
});

it('compares with the days before, where there were any', () => {
  expect(changeOf('12', '10')).toBe(20);
  expect(changeOf('5', '10')).toBe(-50);
  expect(changeOf('5', '0')).toBeUndefined();
});
