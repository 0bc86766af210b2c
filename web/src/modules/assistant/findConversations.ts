import type { ConversationSummary, FoundMessage, Page } from '@/api/types';
import { http } from '@/shared/http/http';
import type { Found } from '@/shared/modules/appModule';

/** Conversations and messages for the palette: the newest for an empty query. */
export async function findConversations(query: string, signal: AbortSignal): Promise<Found[]> {
  const search = encodeURIComponent(query);
  const [conversations, messages] = await Promise.all([
    http.get<Page<ConversationSummary>>(`/api/conversations?limit=6&q=${search}`, signal),
    query.length > 1 ? http.get<Page<FoundMessage>>(`/api/messages/search?limit=6&q=${search}`, signal) : undefined,
  ]);
  return [
    ...conversations.items.map(({ id, title }) => ({ id, title, open: () => open(`/assistant/${id}`) })),
    ...(messages?.items ?? []).map(({ messageId, conversationId, conversationTitle, excerpt }) => ({
      id: messageId,
      title: conversationTitle,
      excerpt,
      open: () => open(`/assistant/${conversationId}?at=${messageId}`),
    })),
  ];
}

// The router watches the browser's history, so that code outside of components can open an address, too.
const open = (address: string) => window.history.pushState(null, '', address);
