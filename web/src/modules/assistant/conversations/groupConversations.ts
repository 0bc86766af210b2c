import type { ConversationSummary } from '@/api/types';

export type Group = 'pinned' | 'today' | 'yesterday' | 'week' | 'older';

export type ListRow = { id: string; kind: 'group'; group: Group } | { id: string; kind: 'conversation'; conversation: ConversationSummary };

/** Rows of the list: conversations under headings, pinned first, then in the order the server gives them. */
export function groupConversations(conversations: readonly ConversationSummary[], now: Date): readonly ListRow[] {
  const rows: ListRow[] = [];
  let current: Group | undefined;
  // One that was pinned just now still stands where it was until the list is fetched again.
  const pinnedFirst = [...conversations.filter(({ pinned }) => pinned), ...conversations.filter(({ pinned }) => !pinned)];
  for (const conversation of pinnedFirst) {
    const group = conversation.pinned ? 'pinned' : groupOf(new Date(conversation.updatedAt), now);
    if (group !== current) rows.push({ id: `group:${group}`, kind: 'group', group });
    current = group;
    rows.push({ id: conversation.id, kind: 'conversation', conversation });
  }
  return rows;
}

/** Days are the reader's own, from midnight to midnight; a week is the six days before today. */
function groupOf(time: Date, now: Date): Group {
  const midnight = (daysAgo: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
  if (time >= midnight(0)) return 'today';
  if (time >= midnight(1)) return 'yesterday';
  return time >= midnight(6) ? 'week' : 'older';
}
