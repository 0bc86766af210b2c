import type { Message } from '@/api/types';
import { textOf } from '@/shared/stream/message';

/** Letters without case and accents, so that "cafe" finds "Café". */
export const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();

/** Ids of the messages that say what is searched for, oldest first. */
export function findMatches(messages: readonly Message[], query: string): readonly string[] {
  const wanted = folded(query.trim());
  return wanted === '' ? [] : messages.filter((message) => folded(textOf(message)).includes(wanted)).map(({ id }) => id);
}
