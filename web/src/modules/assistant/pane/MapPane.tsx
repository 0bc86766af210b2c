import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { textOf } from '@/shared/stream/message';
import { BranchSwitcher } from '@/modules/assistant/messages/BranchSwitcher';
import { personaName } from '@/modules/assistant/models/personaName';
import classes from './Pane.module.css';

/** The places of this branch where something else was asked or answered, too. */
export function MapPane({ messages, onShow }: { messages: readonly Message[]; onShow: (messageId: string) => void }) {
  const t = useT();
  const forks = messages.filter(({ siblings }) => siblings.length > 1);
  if (forks.length === 0) return <p className={classes.none}>{t('assistant.map.none')}</p>;
  return (
    <ol className={classes.map}>
      {forks.map((message) => (
        <li key={message.id}>
          <div className="at-row">
            <b className="at-grow">{message.role === 'user' ? t('assistant.map.question') : personaName(message.persona ?? 'diszi')}</b>
            <BranchSwitcher message={message} onShow={onShow} />
          </div>
          <p dir="auto">{textOf(message).slice(0, 160)}</p>
        </li>
      ))}
    </ol>
  );
}
