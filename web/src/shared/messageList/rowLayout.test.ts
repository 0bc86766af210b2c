import { expect, test } from 'vitest';
import { anchorAt, isAtEnd, layoutRows, rowAt, scrollTopFor, visibleRows } from './rowLayout';

const ids = ['a', 'b', 'c', 'd', 'e'];
const heights: Record<string, number> = { a: 100, b: 50, c: 200, d: 10, e: 40 };
const layout = layoutRows(ids, (id) => heights[id] ?? 0);

test('Places rows below each other', () => {
  expect([...layout.tops]).toEqual([0, 100, 150, 350, 360, 400]);
});

test.each([
  [-5, 0],
  [0, 0],
  [99.5, 0],
  [100, 1],
  [349, 2],
  [355, 3],
  [9999, 4],
])('Finds the row at %d', (position, index) => {
  expect(rowAt(layout, position)).toBe(index);
});

test('Draws what is in view and a little more', () => {
  expect(visibleRows(layout, 160, 100, 0)).toEqual([2, 3]);
  expect(visibleRows(layout, 160, 100, 100)).toEqual([0, 5]);
  expect(visibleRows(layoutRows([], () => 0), 0, 100, 50)).toEqual([0, 0]);
});

test('Keeps the row being read in place when rows are added above and heights change', () => {
  const scrollTop = 170;
  const anchor = anchorAt(layout, scrollTop);
  expect(anchor).toEqual({ id: 'c', offset: -20 });
  const grown = layoutRows(['y', 'z', ...ids], (id) => (id === 'a' ? 300 : (heights[id] ?? 77)));
  const moved = scrollTopFor(grown, anchor ?? { id: '', offset: 0 });
  expect(moved).toBe(77 + 77 + 300 + 50 + 20);
  expect(anchorAt(grown, moved ?? 0)).toEqual(anchor);
});

test('Gives no place for a row that is gone, and no anchor in an empty list', () => {
  expect(scrollTopFor(layout, { id: 'gone', offset: 0 })).toBeUndefined();
  expect(anchorAt(layoutRows([], () => 0), 0)).toBeUndefined();
});

test('Follows the end only from within 80 pixels of it', () => {
  expect(isAtEnd(320, 500, 900)).toBe(true);
  expect(isAtEnd(319, 500, 900)).toBe(false);
});
