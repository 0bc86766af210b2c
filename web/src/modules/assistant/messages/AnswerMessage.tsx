import { PersonaAvatar } from '@/shared/ui/PersonaAvatar';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { personaName } from '@/modules/assistant/models/personaName';
import { usePayer } from '@/modules/assistant/models/usePayer';
import { AnswerActions } from './AnswerActions';
import { AnswerNotice, FallbackNotice } from './AnswerNotice';
import { AnswerParts } from './AnswerParts';
import { AnswerStatus } from './AnswerStatus';
import { onMessageKey } from './messageKeys';
import type { MessageRowProps } from './MessageRow';
import classes from './Messages.module.css';

export function AnswerMessage({ message, actions, position, onBranch, away }: MessageRowProps) {
  const t = useT();
  const format = useFormat();
  const phone = useWidth() === 'phone';
  const payer = usePayer(message);
  const streaming = message.status === 'streaming';
  const persona = message.persona ?? 'diszi';
  const name = personaName(persona);
  const about = [message.model ?? message.providerName, payer].filter((text) => text != null && text !== '').join(' · ');
  return (
    <article
      className={classes.row}
      data-message={message.id}
      data-role="assistant"
      tabIndex={0}
      aria-busy={streaming}
      aria-label={t('assistant.message.answer', { name, position })}
      onKeyDown={(event) =>
        onMessageKey(event, {
          c: () => void actions.copy(message),
          r: streaming ? undefined : () => actions.again(message),
          b: streaming ? undefined : () => onBranch(message.id),
        })
      }
    >
      <header className={classes.who}>
        <PersonaAvatar persona={persona} />
        <b>{name}</b>
        <span className={classes.tag}>{t('assistant.ai')}</span>
        <span className="at-meta at-cut">{phone ? format.time(message.createdAt) : about}</span>
      </header>
      <div className={classes.answer}>
        {message.fallback && <FallbackNotice message={message} />}
        <AnswerParts message={message} />
        {streaming ? <AnswerStatus message={message} away={away} /> : <AnswerNotice message={message} actions={actions} />}
        {!streaming && <AnswerActions message={message} actions={actions} onBranch={() => onBranch(message.id)} />}
      </div>
    </article>
  );
}
