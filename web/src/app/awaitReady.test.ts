import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useConnection } from '@/shared/http/connection';
import { awaitReady } from './awaitReady';

describe('opening the app', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    useConnection.setState({ lost: false });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits, and says so, until the house is ready', { meta: { keeps: ['Z-092'] } }, async () => {
    const answers = [503, 502, 200];
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(null, { status: answers.shift() ?? 200 }))));
    const starting = vi.fn();
    const opened = vi.fn();
    const waiting = awaitReady(starting).then(opened);
    await vi.advanceTimersByTimeAsync(1500);
    expect(starting).toHaveBeenCalledTimes(2);
    expect(opened).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    await waiting;
    expect(opened).toHaveBeenCalledOnce();
  });

  it('shows no loading screen when the house is ready at once', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(null, { status: 200 }))));
    const starting = vi.fn();
    await awaitReady(starting);
    expect(starting).not.toHaveBeenCalled();
  });

  it('opens without the house when nothing answers, and knows it', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('offline'))));
    await awaitReady(vi.fn());
    expect(useConnection.getState().lost).toBe(true);
  });
});
