import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ConversationSummary, Page } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { changeConversation, deleteConversation, restoreConversation, type ConversationChange } from '@/modules/assistant/api';

type Cached = InfiniteData<Page<ConversationSummary>>;

/** Rename, pin and delete, each seen at once and taken back when the server refuses. */
export function useConversationActions(selected: string | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const t = useT();
  const problemText = useProblemText();

  return useMemo(() => {
    const lists = { queryKey: ['assistant', 'conversations'] };
    const settle = () => Promise.all([client.invalidateQueries(lists), client.invalidateQueries({ queryKey: ['assistant', 'conversation'] })]);
    const show = (id: string, change: (summary: ConversationSummary) => ConversationSummary[]) =>
      client.setQueriesData<Cached>(lists, (cached) => cached && { ...cached, pages: cached.pages.map((page) => ({ ...page, items: page.items.flatMap((item) => (item.id === id ? change(item) : [item])) })) });

    const attempt = async (work: () => Promise<unknown>) => {
      try {
        await work();
      } catch (problem) {
        notify(problemText(problem), { kind: 'bad' });
      }
      await settle();
    };

    const change = (id: string, changed: Pick<ConversationChange, 'title' | 'pinned'>) => {
      show(id, (item) => [{ ...item, ...changed }]);
      void attempt(() => changeConversation(id, changed));
    };

    return {
      rename: (id: string, title: string) => change(id, { title }),
      pin: (id: string, pinned: boolean) => change(id, { pinned }),
      /** Deletes at once; `neighbour` is what is opened instead when it was open. */
      remove: (id: string, title: string, neighbour: string | undefined) => {
        show(id, () => []);
        const open = (to: string | undefined) => void (to === undefined ? navigate({ to: '/assistant' }) : navigate({ to: '/assistant/$conversationId', params: { conversationId: to } }));
        if (id === selected) open(neighbour);
        void attempt(async () => {
          await deleteConversation(id);
          notify(t('assistant.deleted', { title }), {
            undo: () =>
              void attempt(async () => {
                await restoreConversation(id);
                if (id === selected) open(id);
              }),
          });
        });
      },
    };
  }, [client, navigate, t, problemText, selected]);
}

export type ConversationActions = ReturnType<typeof useConversationActions>;
