import { useCallback, useState } from 'react';
import { readQueue, writeQueue, type Question } from '@/shared/composer/queue';

/** Questions of one conversation that wait for their turn; a reload of the tab keeps them. */
export function useQueue(conversationId: string) {
  const [queue, setQueue] = useState(() => readQueue(conversationId));

  const change = useCallback(
    (next: (queue: readonly Question[]) => readonly Question[]) =>
      setQueue((before) => {
        const after = next(before);
        writeQueue(conversationId, after);
        return after;
      }),
    [conversationId],
  );

  const add = useCallback((question: Question) => change((before) => (before.some(({ clientId }) => clientId === question.clientId) ? before : [...before, question])), [change]);
  const remove = useCallback((clientId: string) => change((before) => before.filter((question) => question.clientId !== clientId)), [change]);
  return { queue, add, remove };
}
