import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import classes from './Messages.module.css';
import { useSeconds } from './useSeconds';

/** One quiet line under an answer that is being written. It is not live: the talk has a status of its own for that. */
export function AnswerStatus({ message, away }: { message: Message; away: boolean }) {
  const t = useT();
  const phone = useWidth() === 'phone';
  const count = useSeconds(message.createdAt);
  const begun = message.parts.some((part) => part.type === 'text' && part.text !== '');
  const words = away
    ? t('assistant.status.away')
    : !begun
      ? t('assistant.status.thinking', { count })
      : t(phone ? 'assistant.status.answeringShort' : 'assistant.status.answering', { count });
  return (
    <div className={classes.status}>
      <b className={classes.beat} aria-hidden="true" />
      <span>{words}</span>
    </div>
  );
}
