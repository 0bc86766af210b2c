import { describe, expect, it } from 'vitest';
import type { Budget } from '@/api/money';
import { draftOf, isAmount, newLimit, plainAmount, toTerms, wrongFields } from './limitDraft';

const budget: Budget = { id: 'b1', kind: 'model', subject: 'openai/gpt', period: 'month', unit: 'tokens', amount: '5000', alertPercent: 90, spent: '0', held: '0', state: 'ok', setBy: 'admin', owner: 'group:g1', ownerName: 'Tuesday class', resetsAt: '2026-12-01T00:00:00Z' };

describe('an amount', () => {
  it.each(['2', '2.50', '2,50', '$ 2', '0.000000000001', '1000000'])('%s of dollars is understood', (typed) => {
    expect(isAmount(typed, 'dollars')).toBe(true);
  });

  it.each(['', '0', '0.00', '-1', '1e3', '1,000.50', '1,000', '1000000.01', 'two', '0.0000000000001'])('“%s” of dollars is not', (typed) => {
    expect(isAmount(typed, 'dollars')).toBe(false);
  });

  it('of tokens and messages is whole', () => {
    expect(isAmount('100000', 'tokens')).toBe(true);
    expect(isAmount('1.5', 'messages')).toBe(false);
    expect(isAmount('0', 'messages')).toBe(false);
  });

  it('is sent with a point', () => {
    expect(plainAmount(' 2,50 ')).toBe('2.50');
  });
});

describe('a limit that is typed', () => {
  it('names what is missing', () => {
    expect(wrongFields(newLimit, false)).toEqual(['amount']);
    expect(wrongFields({ ...newLimit, kind: 'model', amount: '1' }, false)).toEqual(['subject']);
    expect(wrongFields({ ...newLimit, audience: 'group', amount: '1' }, true)).toEqual(['who']);
    expect(wrongFields({ ...newLimit, audience: 'group', amount: '1' }, false)).toEqual([]);
  });

  it('has an owner only where an admin sets it', () => {
    const draft = { ...newLimit, amount: '2,50', audience: 'group' as const, who: 'g1' };
    expect(toTerms(draft, false)).toEqual({ kind: 'all', period: 'day', unit: 'dollars', amount: '2.50', alertPercent: 80 });
    expect(toTerms(draft, true).owner).toBe('group:g1');
    expect(toTerms({ ...draft, audience: 'each' }, true).owner).toBe('each');
    expect(toTerms({ ...draft, audience: 'person', who: 'p1' }, true).owner).toBe('p1');
  });

  it('begins as the limit that is changed, and says the same again', () => {
    expect(toTerms(draftOf(budget), true)).toEqual({ kind: 'model', subject: 'openai/gpt', period: 'month', unit: 'tokens', amount: '5000', alertPercent: 90, owner: 'group:g1' });
    expect(draftOf({ ...budget, owner: 'p1' })).toMatchObject({ audience: 'person', who: 'p1' });
    expect(draftOf({ ...budget, owner: 'each' })).toMatchObject({ audience: 'each', who: '' });
  });
});
