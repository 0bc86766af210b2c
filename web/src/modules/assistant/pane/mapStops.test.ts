import { describe, expect, it } from 'vitest';
import type { TreeItem } from '@/api/types';
import { mapStops } from './mapStops';

const item = (id: string, parentId: string | null): Pick<TreeItem, 'id' | 'parentId' | 'role' | 'excerpt'> => ({ id, parentId, role: id.startsWith('q') ? 'user' : 'assistant', excerpt: `about ${id}` });
const seen = (leafId: string | null, items: ReturnType<typeof item>[]) => mapStops({ leafId, items }).map(({ id, depth, shown, fork }) => `${'  '.repeat(depth)}${shown ? '*' : ''}${id}${fork ? ` ${fork.index}/${fork.total}` : ''}`);

describe('the map of a conversation', () => {
  it('is its questions where it never branched', () => {
    expect(seen('a2', [item('q1', null), item('a1', 'q1'), item('q2', 'a1'), item('a2', 'q2')])).toEqual(['*q1', '*q2']);
  });

  it('shows every branch below the place where it leaves, the one in view marked', () => {
    const items = [item('q1', null), item('a1', 'q1'), item('q2', 'a1'), item('a2', 'q2'), item('q2b', 'a1'), item('a2b', 'q2b'), item('a2c', 'q2b')];
    expect(seen('a2c', items)).toEqual(['*q1', 'q2 1/2', '  *q2b 2/2', '  a2b 1/2', '    *a2c 2/2']);
  });

  it('knows several beginnings, and begins in the middle where the oldest are missing', () => {
    expect(seen('a2', [item('q1', null), item('q2', null), item('a2', 'q2')])).toEqual(['q1 1/2', '  *q2 2/2']);
    expect(seen('q9', [item('q9', 'long ago')])).toEqual(['*q9']);
  });

  it('draws ten thousand messages in a row without losing its way', () => {
    const items = Array.from({ length: 10_000 }, (_, index) => item(`${index % 2 === 0 ? 'q' : 'a'}${index}`, index === 0 ? null : `${index % 2 === 0 ? 'a' : 'q'}${index - 1}`));
    expect(mapStops({ leafId: 'a9999', items })).toHaveLength(5000);
  });

  it('ends where a conversation bites its own tail', () => {
    expect(mapStops({ leafId: 'q1', items: [item('q1', 'q1')] })).toEqual([]);
  });
});
