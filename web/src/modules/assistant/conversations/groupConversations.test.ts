import { expect, test } from 'vitest';
import type { ConversationSummary } from '@/api/types';
import { groupConversations } from './groupConversations';

const now = new Date(2026, 10, 20, 9, 30);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const conversation = (id: string, updatedAt: string, pinned = false): ConversationSummary => ({ id, title: id, persona: 'diszi', pinned, createdAt: updatedAt, updatedAt, running: false });

const shown = (conversations: readonly ConversationSummary[]) => groupConversations(conversations, now).map((row) => (row.kind === 'group' ? `# ${row.group}` : row.id));

test('Groups by the days of the reader, pinned first', () => {
  expect(
    shown([
      conversation('kept', at(1, 9), true),
      conversation('now', at(20, 9, 29)),
      conversation('midnight', at(20, 0)),
      conversation('late', at(19, 23, 59)),
      conversation('day before', at(18, 12)),
      conversation('six days', at(14, 0)),
      conversation('seven days', at(13, 23, 59)),
    ]),
  ).toEqual(['# pinned', 'kept', '# today', 'now', 'midnight', '# yesterday', 'late', '# week', 'day before', 'six days', '# older', 'seven days']);
});

test('Lists one that was pinned just now among the pinned', () => {
  expect(shown([conversation('new', at(20, 9)), conversation('just pinned', at(19, 9), true), conversation('old', at(19, 8))])).toEqual(['# pinned', 'just pinned', '# today', 'new', '# yesterday', 'old']);
});

test('Has no heading without conversations, and takes a clock ahead of this one as today', () => {
  expect(shown([])).toEqual([]);
  expect(shown([conversation('ahead', at(21, 3))])).toEqual(['# today', 'ahead']);
});
