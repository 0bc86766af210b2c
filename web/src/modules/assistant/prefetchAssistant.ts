import { queryClient } from '@/shared/http/queryClient';
import { conversationQuery, conversationsQuery } from './api';
import { askAhead } from './talk/newestMessages';
import { loadTalkPage } from './talk/loadTalkPage';

// Whatever fails here is asked again by the page that needs it.
const ignore = () => undefined;

/** Asks for the list, and of an open conversation for what stands in it, all at once and not one after the other. */
export function prefetchAssistant(path: string): void {
  const place = /^\/(?:assistant(?:\/([\w-]+))?\/?)?$/.exec(path);
  if (!place) return;
  queryClient.infiniteQuery({ ...conversationsQuery(''), retry: false }).catch(ignore);
  const [, id] = place;
  if (id === undefined) return;
  loadTalkPage().catch(ignore);
  askAhead(id);
  queryClient.query({ ...conversationQuery(id), retry: false }).catch(ignore);
}
