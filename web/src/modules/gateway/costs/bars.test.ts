import { describe, expect, it } from 'vitest';
import type { CostDay } from '@/api/money';
import { addDays } from './range';
import { barsOf, labelled, scaleOf, seriesColour, seriesOf, showsLimit } from './bars';

const day = (date: string, modules: Record<string, string>): CostDay => ({ date, cost: Object.values(modules)[0] ?? '0', requests: 1, images: 0, modules });
const days = (count: number) => Array.from({ length: count }, (_, index) => day(addDays('2026-01-01', index), { assistant: '0.1' }));

describe('bars', () => {
  it('are days up to a quarter, weeks beyond it, and lose nothing', () => {
    expect(barsOf(days(90))).toHaveLength(90);
    const weeks = barsOf(days(366));
    expect(weeks).toHaveLength(53);
    expect(weeks[0]).toMatchObject({ from: '2026-01-01', to: '2026-01-02', requests: 2, cost: '0.2' });
    expect(weeks.at(-1)).toMatchObject({ requests: 7, cost: '0.7' });
    expect(seriesOf(weeks)).toEqual([{ module: 'assistant', cost: '36.6' }]);
  });

  it('stack the modules in one order, without those that cost nothing', () => {
    expect(seriesOf(barsOf([day('2026-01-01', { zebra: '1', api: '1', coder: '0' }), day('2026-01-02', { assistant: '1', api: '0.5' })]))).toEqual([
      { module: 'assistant', cost: '1' },
      { module: 'api', cost: '1.5' },
      { module: 'zebra', cost: '1' },
    ]);
    expect(seriesColour('assistant')).toBe('var(--at-series-1)');
    expect(seriesColour('zebra')).toBe(seriesColour('api'));
  });
});

describe('the scale', () => {
  it.each([
    [2, [0, 0.5, 1, 1.5, 2]],
    [1.62, [0, 0.5, 1, 1.5, 2]],
    [0.0004, [0, 0.0001, 0.0002, 0.0003, 0.0004]],
    [930, [0, 250, 500, 750, 1000]],
    [0, [0]],
  ])('reaches %d in round steps', (highest, lines) => {
    expect(scaleOf(highest)).toEqual(lines);
  });

  it('always covers the highest bar with three to five lines above nothing', () => {
    for (let highest = 0.0001; highest < 1e6; highest *= 1.37) {
      const lines = scaleOf(highest);
      expect(lines.at(-1)).toBeGreaterThanOrEqual(highest * 0.999_99);
      expect(lines.length).toBeGreaterThanOrEqual(3);
      expect(lines.length).toBeLessThanOrEqual(6);
    }
  });

  it('leaves out a limit that would flatten the bars', () => {
    expect(showsLimit(2, 1.62)).toBe(true);
    expect(showsLimit(200, 1.62)).toBe(false);
  });
});

it('names about as many bars as have room, today always', () => {
  expect([...labelled(30, 8)]).toEqual([1, 5, 9, 13, 17, 21, 25, 29]);
  expect([...labelled(7, 8)]).toHaveLength(7);
  expect(labelled(90, 8).has(89)).toBe(true);
});
