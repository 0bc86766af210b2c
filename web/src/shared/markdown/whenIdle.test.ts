import { describe, expect, it, vi } from 'vitest';
import { whenIdle } from './whenIdle';

describe('work for idle moments', () => {
  it('is done one piece at a time, the newest first, and not when called off', async () => {
    const idle: (() => void)[] = [];
    vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work));
    const done: string[] = [];
    const work = (name: string) => () => {
      done.push(name);
      return name === 'c' ? Promise.reject(new Error('cannot be coloured')) : Promise.resolve();
    };
    whenIdle(work('a'));
    const callOff = whenIdle(work('b'));
    whenIdle(work('c'));
    callOff();
    expect(idle).toHaveLength(1);
    idle.shift()?.();
    await vi.waitFor(() => expect(idle).toHaveLength(1));
    expect(done).toEqual(['c']);
    idle.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
    expect(done).toEqual(['c', 'a']);
    expect(idle).toHaveLength(0);
  });
});
