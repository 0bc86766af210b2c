import { beforeEach, expect, it } from 'vitest';
import type { Budget } from '@/api/money';
import { keepTold, newlyClose, readTold } from './toldLimits';

const limit = (state: Budget['state'], resetsAt = 'tonight'): Budget => ({ id: 'b1', kind: 'all', period: 'day', unit: 'dollars', amount: '2', alertPercent: 80, spent: '0', held: '0', state, setBy: 'person', owner: 'p1', resetsAt });

beforeEach(() => localStorage.clear());

it('tells each step once in each period', () => {
  let told = {};
  const step = (budget: Budget) => {
    const { news, told: next } = newlyClose([budget], told);
    told = next;
    return news.length;
  };
  expect([step(limit('ok')), step(limit('alert')), step(limit('alert')), step(limit('reached')), step(limit('reached'))]).toEqual([0, 1, 0, 1, 0]);
  expect([step(limit('alert', 'tomorrow')), step(limit('alert', 'tomorrow'))]).toEqual([1, 0]);
});

it('remembers over visits, and begins anew with a store that cannot be read', () => {
  keepTold(newlyClose([limit('alert')], {}).told);
  expect(newlyClose([limit('alert')], readTold()).news).toEqual([]);
  localStorage.setItem('atrium.limits', '{');
  expect(readTold()).toEqual({});
});
