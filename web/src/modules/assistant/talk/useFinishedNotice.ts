import { useEffect, useEffectEvent, useRef } from 'react';
import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { showNotice } from '@/shared/notify/systemNotice';
import { useMe } from '@/shared/session/queries';
import { textOf } from '@/shared/stream/message';
import { personaName } from '@/modules/assistant/models/personaName';

/** An answer that took less is seen by whoever asked. */
const longAnswer = 10_000;

/** Tells of a long answer that ended while nobody looked, to those who asked to be told. */
export function useFinishedNotice(id: string, running: Message | undefined, last: Message | undefined): void {
  const t = useT();
  const { preferences } = useMe();
  const heard = useRef<Message>(undefined);

  const ended = useEffectEvent((answer: Message) => {
    if (!preferences.notify || !document.hidden || Date.now() - new Date(answer.createdAt).getTime() < longAnswer) return;
    const name = personaName(answer.persona ?? 'diszi');
    const whole = last?.id === answer.id ? last : answer;
    const title = t(whole.status === 'complete' ? 'assistant.notice.answered' : 'assistant.notice.ended', { name });
    void showNotice({ title, text: textOf(whole).slice(0, 160), name: id, address: `/assistant/${id}` });
  });

  useEffect(() => {
    const before = heard.current;
    heard.current = running;
    if (before !== undefined && running === undefined) ended(before);
  }, [running]);
}
