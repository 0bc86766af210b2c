import { describe, expect, it } from 'vitest';
import { addAmounts, fromPico, shareOf, showAmount, showTogether, showUsed, toPico } from './amounts';

const values = (amounts: string[]) => {
  const { parts, total } = showTogether(amounts);
  return { parts: parts.map(({ value }) => value), total: total.value, decimals: total.decimals };
};

describe('an amount alone', () => {
  it('shows cents from a cent up and four decimals below', () => {
    expect(showAmount('19.4237')).toEqual({ value: 19.42, decimals: 2, isTiny: false });
    expect(showAmount('0.01')).toEqual({ value: 0.01, decimals: 2, isTiny: false });
    expect(showAmount('0.0099')).toEqual({ value: 0.0099, decimals: 4, isTiny: false });
    expect(showAmount('0')).toEqual({ value: 0, decimals: 2, isTiny: false });
  });

  it('never shows nothing for something', () => {
    expect(showAmount('0.000000000001')).toEqual({ value: 0, decimals: 4, isTiny: true });
  });

  it('rounds a half cent up', () => {
    expect(showAmount('1.005').value).toBe(1.01);
    expect(showAmount('1.004999999999').value).toBe(1);
  });
});

it('never shows a limit as used up while something is left', () => {
  const texts = (used: string, limit: string) => [showUsed(used, limit).used, showUsed(used, limit).limit].map(({ value, decimals }) => value.toFixed(decimals));
  expect(texts('0.41', '2')).toEqual(['0.41', '2.00']);
  expect(texts('1.9971', '2')).toEqual(['1.9971', '2.0000']);
  expect(texts('2', '2')).toEqual(['2.00', '2.00']);
  expect(texts('0.009', '0.01')).toEqual(['0.0090', '0.01']);
});

describe('amounts of one list', () => {
  it('add up to their total where each alone would be rounded away from it', () => {
    expect(values(['0.333333333333', '0.333333333333', '0.333333333334'])).toEqual({ parts: [0.33, 0.33, 0.34], total: 1, decimals: 2 });
    expect(values(['1.005', '1.005', '1.005'])).toEqual({ parts: [1.01, 1.01, 1], total: 3.02, decimals: 2 });
  });

  it('all show four decimals when one is below a cent', () => {
    expect(values(['12.1', '0.0004'])).toEqual({ parts: [12.1, 0.0004], total: 12.1004, decimals: 4 });
  });

  it('leave what is free at nothing', () => {
    expect(values(['0', '0.014', '0.014', '0.014']).parts[0]).toBe(0);
  });

  it('agree for any amounts', () => {
    let seed = 42;
    const next = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648);
    for (let round = 0; round < 500; round++) {
      const amounts = Array.from({ length: 1 + (next() % 9) }, () => fromPico(BigInt(next()) * BigInt(next() % (round % 2 ? 9_000 : 40))));
      const { parts, total } = showTogether(amounts);
      const scale = 10 ** total.decimals;
      expect(parts.reduce((sum, { value }) => sum + Math.round(value * scale), 0), amounts.join(' ')).toBe(Math.round(total.value * scale));
      parts.forEach(({ value }, index) => expect(Math.abs(value - Number(amounts[index]))).toBeLessThan(1 / scale));
    }
  });

  it('have a sum of nothing when there are none', () => {
    expect(values([])).toEqual({ parts: [], total: 0, decimals: 2 });
  });
});

it('reads and writes decimal strings without loss', () => {
  expect(toPico('9007199254740993.000000000001')).toBe(9_007_199_254_740_993_000_000_000_001n);
  expect(fromPico(1n)).toBe('0.000000000001');
  expect(fromPico(toPico('-2.50'))).toBe('-2.5');
  expect(fromPico(0n)).toBe('0');
  expect(fromPico(toPico('100'))).toBe('100');
  expect(addAmounts(['0.1', '0.2'])).toBe('0.3');
  expect(toPico('1e5')).toBe(0n);
});

it('knows the part of a whole', () => {
  expect(shareOf('0.41', '2.00')).toBe(0.205);
  expect(shareOf('3', '2')).toBe(1);
  expect(shareOf('3', '0')).toBe(0);
});
