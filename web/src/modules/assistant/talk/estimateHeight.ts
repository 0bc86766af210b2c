import type { Message } from '@/api/types';
import { textOf } from '@/shared/stream/message';

const known = new WeakMap<Message, number>();

/** About how tall a message will be, in pixels, before it is drawn for the first time. */
export function estimateHeight(message: Message): number {
  const before = known.get(message);
  if (before !== undefined) return before;
  const text = textOf(message);
  const perLine = message.role === 'user' ? 62 : 84;
  let lines = 0;
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil(line.length / perLine));
  const estimated = (message.role === 'user' ? 78 : 104) + lines * (message.role === 'user' ? 23 : 22);
  known.set(message, estimated);
  return estimated;
}
