import { describe, expect, it, vi } from 'vitest';
import { parseAhead } from './parseAhead';
import { parseRemembered } from './parseMarkdown';

vi.mock('./parseMarkdown', async (original) => ({ ...(await original<object>()), parseRemembered: vi.fn() }));

describe('reading ahead', () => {
  it('reads the last text first, as long as there is time, and stops when told', () => {
    const moments: ((moment: { timeRemaining: () => number }) => void)[] = [];
    vi.stubGlobal('requestIdleCallback', (work: (typeof moments)[number]) => moments.push(work));
    const cancel = vi.fn();
    vi.stubGlobal('cancelIdleCallback', cancel);
    const stop = parseAhead(['first', 'second', 'third']);
    const time = [20, 12, 3];
    moments[0]?.({ timeRemaining: () => time.shift() ?? 0 });
    expect(vi.mocked(parseRemembered).mock.calls.map(([source]) => source.trim())).toEqual(['third', 'second']);
    expect(moments).toHaveLength(2);
    stop();
    expect(cancel).toHaveBeenCalledExactlyOnceWith(2);
  });
});
