import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFrameBatch } from './frameBatch';

beforeEach(() => vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

test('Hands over once a frame all that came between', () => {
  const received: string[][] = [];
  const batch = createFrameBatch<string>((items) => received.push(items));
  batch.add('a');
  batch.add('b');
  expect(received).toEqual([]);
  vi.advanceTimersToNextFrame();
  batch.add('c');
  vi.advanceTimersToNextFrame();
  vi.advanceTimersToNextFrame();
  expect(received).toEqual([['a', 'b'], ['c']]);
});

test('Goes on in a hidden tab, which gets no frames', () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  const received: string[][] = [];
  const batch = createFrameBatch<string>((items) => received.push(items));
  batch.add('a');
  vi.advanceTimersByTime(250);
  expect(received).toEqual([['a']]);
});

test('Hands over at once when asked, and nothing when it was discarded', () => {
  const received: string[][] = [];
  const batch = createFrameBatch<string>((items) => received.push(items));
  batch.add('a');
  batch.flush();
  batch.add('b');
  batch.discard();
  vi.advanceTimersToNextFrame();
  expect(received).toEqual([['a']]);
});
