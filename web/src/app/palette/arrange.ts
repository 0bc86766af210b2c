import type { ReactNode } from 'react';
import type { MessageKey } from '@/shared/i18n/messages';

export interface Entry {
  id: string;
  title: string;
  text?: string | undefined;
  where?: string | undefined;
  icon?: ReactNode;
  run: () => void;
}

export interface Command extends Entry {
  kind: 'do' | 'go';
  /** An offer made of the query itself, such as asking it; it need not match. */
  made?: boolean;
}

export interface EntryGroup {
  name: MessageKey;
  entries: readonly Entry[];
  /** The place of its first entry among those of all groups. */
  first: number;
}

const isQuestion = (query: string) => query.includes(' ') && /[?？]\s*$/.test(query);

const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').toLowerCase();

/** Every word of the query begins a word of the title, accents aside. */
export function matches(title: string, query: string): boolean {
  const words = fold(title).split(/[^\p{L}\p{N}]+/u);
  return fold(query)
    .split(/\s+/)
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}

/** Found, Do, Go, without empty groups; asking leads only when the query is a question. */
export function arrange(found: readonly Entry[], commands: readonly Command[], query: string): EntryGroup[] {
  const fitting = commands.filter(({ made, title }) => made || matches(title, query));
  const things = { name: query === '' ? 'palette.recent' : 'palette.found', entries: [...found] } as const;
  const doing = { name: 'palette.do', entries: fitting.filter(({ kind }) => kind === 'do') } as const;
  const going = { name: 'palette.go', entries: fitting.filter(({ kind }) => kind === 'go') } as const;
  let first = 0;
  return (isQuestion(query) ? [doing, things, going] : [things, doing, going])
    .filter(({ entries }) => entries.length > 0)
    .map((group) => {
      const placed = { ...group, first };
      first += group.entries.length;
      return placed;
    });
}
