import { Button } from '@mantine/core';
import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { textOf } from '@/shared/stream/message';
import { BranchSwitcher } from '@/modules/assistant/messages/BranchSwitcher';
import { personaName } from '@/modules/assistant/models/personaName';
import classes from './Pane.module.css';

interface MapPaneProps {
  messages: readonly Message[];
  /** Fetches what stands above the first message; undefined when nothing does. */
  onOlder: (() => void) | undefined;
  /** Another branch is on its way. */
  refreshing: boolean;
  onGo: (messageId: string) => void;
  onShow: (messageId: string) => void;
}

/** The branch at a glance: its questions, each a way there, and the places where something else was asked or answered. */
export function MapPane({ messages, onOlder, refreshing, onGo, onShow }: MapPaneProps) {
  const t = useT();
  const stops = messages.filter(({ role, siblings }) => role === 'user' || siblings.length > 1);
  const forks = stops.some(({ siblings }) => siblings.length > 1);
  return (
    <>
      {!forks && <p className={classes.none}>{t('assistant.map.none')}</p>}
      {onOlder && (
        <Button variant="subtle" color="gray" size="xs" mb={8} onClick={onOlder}>
          {t('assistant.map.older')}
        </Button>
      )}
      <ol className={classes.map} aria-label={t('assistant.pane.map')} aria-busy={refreshing}>
        {stops.map((message) => (
          <Stop key={message.id} message={message} onGo={onGo} onShow={onShow} />
        ))}
      </ol>
    </>
  );
}

function Stop({ message, onGo, onShow }: { message: Message } & Pick<MapPaneProps, 'onGo' | 'onShow'>) {
  const t = useT();
  const fork = message.siblings.length > 1;
  const mine = message.role === 'user';
  const text = textOf(message).slice(0, 160).trim();
  return (
    <li data-fork={fork} data-role={message.role}>
      <button type="button" className={classes.stop} onClick={() => onGo(message.id)}>
        {!mine && <b>{personaName(message.persona ?? 'diszi')}</b>}
        <span dir="auto">{text === '' ? t(mine ? 'assistant.map.files' : 'assistant.map.empty') : text}</span>
      </button>
      {fork && <BranchSwitcher message={message} onShow={onShow} />}
    </li>
  );
}
