import { expect, test } from 'vitest';
import { arrivedApart } from './checkConnection';

test('five events 300 ms apart arrived as they left', () => {
  expect(arrivedApart([0, 301, 602, 903, 1204])).toBe(true);
});

test('events that come together were held back', () => {
  expect(arrivedApart([1204, 1204, 1205, 1205, 1206])).toBe(false);
  expect(arrivedApart([1204])).toBe(false);
  expect(arrivedApart([])).toBe(false);
});
