import type { Message, Page } from '@/api/types';
import { getMessages } from '@/modules/assistant/api';

const ahead = new Map<string, Promise<Page<Message>>>();

/** Asks for a conversation's newest messages before its page is there to ask. */
export function askAhead(id: string): void {
  const asked = getMessages(id);
  asked.catch(() => undefined);
  ahead.set(id, asked);
}

/** The newest messages: those asked for ahead, once, else asked for now. */
export function newestMessages(id: string): Promise<Page<Message>> {
  const early = ahead.get(id);
  ahead.delete(id);
  return early?.catch(() => getMessages(id)) ?? getMessages(id);
}
