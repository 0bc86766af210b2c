import { describe, expect, it } from 'vitest';
import { addDays, isDay, isRange, lastMonths, lengthOf, rangeOf, readCostsSearch, today } from './range';

const noon = Date.UTC(2026, 10, 20, 12);

describe('the days of a period', () => {
  it('end today and are as many as it says', () => {
    expect(rangeOf({}, noon)).toEqual({ from: '2026-10-22', to: '2026-11-20' });
    for (const days of [1, 7, 30, 90]) expect(lengthOf(rangeOf({ days }, noon))).toBe(days);
  });

  it('are UTC days wherever the reader is', () => {
    expect(today(Date.UTC(2026, 10, 20, 23, 59, 59))).toBe('2026-11-20');
    expect(today(Date.UTC(2026, 10, 21))).toBe('2026-11-21');
  });

  it('cross months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });
});

describe('a range of its own', () => {
  it('is taken from the address before the period', () => {
    expect(rangeOf({ days: 7, from: '2026-01-01', to: '2026-01-31' }, noon)).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  });

  it.each([
    ['turned round', '2026-11-20', '2026-11-19'],
    ['in the future', '2026-11-20', '2026-11-21'],
    ['longer than a year', '2025-11-19', '2026-11-20'],
    ['of days that are not', '2026-02-30', '2026-03-01'],
    ['half typed', '2026-11', '2026-11-20'],
  ])('is none when it is %s', (_, from, to) => {
    expect(isRange({ from, to }, noon)).toBe(false);
  });

  it('may be one day, and a leap year', () => {
    expect(isRange({ from: '2026-11-20', to: '2026-11-20' }, noon)).toBe(true);
    expect(isRange({ from: '2025-11-20', to: '2026-11-20' }, noon)).toBe(true);
    expect(isDay('2028-02-29')).toBe(true);
  });
});

describe('an address of the costs page', () => {
  it('is read as far as it makes sense', () => {
    expect(readCostsSearch({ days: '90' })).toEqual({ days: 90 });
    expect(readCostsSearch({ days: 30, who: 'everybody', person: 'p1' })).toEqual({ days: 30, who: 'everybody', person: 'p1' });
    expect(readCostsSearch({ from: '2026-01-01', to: '2026-01-31', days: 7 })).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  });

  it.each([{ days: 0 }, { days: 367 }, { days: 1.5 }, { days: 'all' }, { from: '2026-01-01' }, { from: {}, to: [] }, { who: 'else', person: 'p1' }])('says nothing where it does not: %j', (search) => {
    expect(readCostsSearch(search)).toEqual({});
  });
});

it('names the last months, over the new year', () => {
  expect(lastMonths(Date.UTC(2026, 1, 28), 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
});
