import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Message } from '@/api/types';
import type { Question } from '@/shared/composer/queue';
import { Problem } from '@/shared/http/problem';
import type { StreamEvent } from '@/shared/stream/applyStreamEvent';
import { ask, getMessages, streamAddress } from '@/modules/assistant/api';
import { onMaybeChanged, tellOtherTabs } from './otherTabs';
import { runBrowserAnswer } from './browserAnswers';
import { browserModelFor } from './browserModelFor';
import { newestMessages } from './newestMessages';
import { emptyTalk, reduceTalk, runningAnswer, type Talk, type TalkEvent } from './talk';
import { useAnswerStream } from './useAnswerStream';
import { useQueue } from './useQueue';

export interface OpenTalk {
  talk: Talk;
  running: Message | undefined;
  /** An answer runs and this tab does not hear it at the moment. */
  away: boolean;
  queue: readonly Question[];
  /** The queue waits, because the last answer was stopped, cut off or failed. */
  queuePaused: boolean;
  send: (question: Question) => void;
  unqueue: (clientId: string) => void;
  sendNow: (question: Question) => void;
  withdraw: () => void;
  reload: () => Promise<void>;
  loadOlder: () => Promise<boolean>;
  dispatch: (event: TalkEvent) => void;
}

const retryEvery = 5000;

/** One conversation as it is shown: loads it, listens to its running answer, sends and queues questions. */
export function useTalk(id: string): OpenTalk {
  const client = useQueryClient();
  const [talk, dispatch] = useReducer(reduceTalk, emptyTalk);
  const [listening, setListening] = useState(0);
  const { queue, add, remove } = useQueue(id);
  const running = runningAnswer(talk);
  const sending = useRef(false);
  const loadingOlder = useRef(false);

  const reload = useCallback(async () => {
    try {
      dispatch({ type: 'newest', page: await newestMessages(id) });
    } catch (problem) {
      dispatch({ type: 'failed', problem });
    }
  }, [id]);

  const refresh = useCallback(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['assistant', 'conversation', id] }),
        client.invalidateQueries({ queryKey: ['assistant', 'conversations'] }),
        client.invalidateQueries({ queryKey: ['costs'] }),
      ]),
    [client, id],
  );

  useEffect(() => {
    void reload();
    return onMaybeChanged(id, () => void reload());
  }, [id, reload]);

  const onLost = useCallback(() => void reload(), [reload]);
  const onEvents = useCallback((events: StreamEvent[]) => dispatch({ type: 'streamed', events }), []);
  const generation = running === undefined ? undefined : `${running.generationId ?? running.id}:${listening}`;
  const away = useAnswerStream({ address: streamAddress(id), generation, onEvents, onLost });

  useEffect(() => {
    if (talk.stale) void reload().then(() => setListening((times) => times + 1));
  }, [talk.stale, reload]);

  // Which model answers is known once it has begun; the stream tells its words only.
  const unnamed = running && running.provider == null && running.parts.length > 0 ? running.id : undefined;
  useEffect(() => {
    if (unnamed !== undefined) void reload();
  }, [unnamed, reload]);

  const runningId = running?.id;
  useEffect(() => {
    if (runningId === undefined) return;
    void refresh();
    return () => {
      void refresh();
      tellOtherTabs(id);
    };
  }, [id, runningId, refresh]);

  const post = useCallback(
    async (question: Question) => {
      if (sending.current) return;
      sending.current = true;
      add(question);
      dispatch({ type: 'sending', question });
      try {
        const browser = await browserModelFor(client, id, question.model);
        const started = await ask(id, question, browser);
        if (browser && started.call) void runBrowserAnswer(started.generationId, browser, started.call);
        remove(question.clientId);
        dispatch({ type: 'started', question, started, at: new Date().toISOString() });
        tellOtherTabs(id);
      } catch (problem) {
        // Another tab asked first: this question waits for its turn.
        if (problem instanceof Problem && problem.code === 'already-answering') {
          dispatch({ type: 'withdrawn' });
          await reload();
        } else dispatch({ type: 'refused', problem });
      } finally {
        sending.current = false;
      }
    },
    [client, id, add, remove, reload],
  );

  const next = queue[0];
  const queuePaused = talk.messages.length > 0 && talk.messages.at(-1)?.status !== 'complete' && running === undefined;
  const ready = talk.phase === 'ready' && running === undefined && talk.outgoing === undefined && !queuePaused;
  useEffect(() => {
    if (ready && next) void post(next);
  }, [ready, next, post]);

  const { outgoing } = talk;
  const waits = outgoing?.problem instanceof Problem && outgoing.problem.status === 0 ? outgoing.question : undefined;
  useEffect(() => {
    if (!waits) return;
    const again = () => void post(waits);
    const timer = setInterval(again, retryEvery);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [waits, post]);

  const { older } = talk;
  const loadOlder = useCallback(async () => {
    if (older === null || loadingOlder.current) return older !== null;
    loadingOlder.current = true;
    try {
      dispatch({ type: 'older', page: await getMessages(id, older) });
    } catch {
      // The rows above stay unloaded; coming near them again asks again.
    } finally {
      loadingOlder.current = false;
    }
    return true;
  }, [id, older]);

  const busy = running !== undefined || outgoing !== undefined || talk.phase !== 'ready';
  // Each stays the same while words stream in, so that only the list is drawn again.
  const onItsWay = outgoing?.question.clientId;
  const waiting = useMemo(() => queue.filter(({ clientId }) => clientId !== onItsWay), [queue, onItsWay]);
  const send = useCallback((question: Question) => (busy ? add(question) : void post(question)), [busy, add, post]);
  const sendNow = useCallback((question: Question) => void post(question), [post]);
  const withdraw = useCallback(() => {
    if (onItsWay !== undefined) remove(onItsWay);
    dispatch({ type: 'withdrawn' });
  }, [onItsWay, remove]);
  return useMemo(
    () => ({ talk, running, away, queue: waiting, queuePaused, send, sendNow, unqueue: remove, withdraw, reload, loadOlder, dispatch }),
    [talk, running, away, waiting, queuePaused, send, sendNow, remove, withdraw, reload, loadOlder],
  );
}
