import { useState } from 'react';
import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { splitBlocks } from '@/shared/markdown/splitBlocks';
import { countWords, textOf } from '@/shared/stream/message';
import { personaName } from '@/modules/assistant/models/personaName';

/** Says, politely and once, that an answer has begun and how it ended; the words themselves are not read out as they come. */
export function TalkStatus({ running, last }: { running: Message | undefined; last: Message | undefined }) {
  const t = useT();
  const [before, setBefore] = useState(running?.id);
  const [said, setSaid] = useState('');
  if (running?.id !== before) {
    setBefore(running?.id);
    setSaid(running ? t('assistant.live.answering', { name: personaName(running.persona ?? 'diszi') }) : last?.role === 'assistant' ? ending(last) : '');
  }

  function ending(answer: Message): string {
    if (answer.status === 'failed') return t('assistant.live.failed');
    const text = textOf(answer);
    const words = t('assistant.live.words', { count: countWords(text) });
    const code = splitBlocks(text).filter((block) => block.kind === 'code').length;
    const sentence = { complete: 'assistant.live.finished', stopped: 'assistant.live.stopped', interrupted: 'assistant.live.interrupted', streaming: 'assistant.live.finished' } as const;
    return t(sentence[answer.status], { size: code === 0 ? words : `${words}, ${t('assistant.live.code', { count: code })}` });
  }

  return (
    <div className="at-hidden" role="status">
      {said}
    </div>
  );
}
