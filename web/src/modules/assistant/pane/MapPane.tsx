import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { textOf } from '@/shared/stream/message';
import { treeQuery } from '@/modules/assistant/api';
import { mapStops, type Stop } from './mapStops';
import classes from './Pane.module.css';

interface MapPaneProps {
  conversationId: string;
  /** The branch in view, as far up as it was fetched. */
  messages: readonly Message[];
  /** Another branch is on its way. */
  refreshing: boolean;
  onGo: (messageId: string) => void;
  onShow: (messageId: string) => void;
}

/** All branches at a glance: their questions, and the answers that are one of several. A place of the shown branch is gone to, another one is shown. */
export function MapPane({ conversationId, messages, refreshing, onGo, onShow }: MapPaneProps) {
  const t = useT();
  const last = messages.at(-1);
  const { data, isPending } = useQuery(treeQuery(conversationId, `${last?.id ?? ''} ${last?.status ?? ''}`));
  // Until the whole is here, and where it cannot be had, the branch in view is drawn from what is known.
  const stops = useMemo(() => (data ? mapStops(data) : stopsInView(messages)), [data, messages]);
  return (
    <>
      {!stops.some(({ fork }) => fork) && !isPending && <p className={classes.none}>{t('assistant.map.none')}</p>}
      <ol className={classes.map} aria-label={t('assistant.pane.map')} aria-busy={refreshing}>
        {stops.map((stop) => (
          <StopRow key={stop.id} stop={stop} onPick={stop.shown ? onGo : onShow} />
        ))}
      </ol>
    </>
  );
}

function StopRow({ stop, onPick }: { stop: Stop; onPick: (messageId: string) => void }) {
  const t = useT();
  const { id, role, shown, fork, depth } = stop;
  const text = unmarked(stop.text);
  return (
    <li data-fork={fork !== undefined} data-role={role} data-shown={shown} style={{ marginInlineStart: Math.min(depth, 6) * 12 }}>
      <button type="button" className={classes.stop} aria-current={shown ? 'true' : undefined} onClick={() => onPick(id)}>
        {fork && <small>{t(role === 'user' ? 'assistant.map.questionOf' : 'assistant.map.answerOf', fork)}</small>}
        <span dir="auto">{text === '' ? t(role === 'user' ? 'assistant.map.files' : 'assistant.map.empty') : text}</span>
      </button>
    </li>
  );
}

function stopsInView(messages: readonly Message[]): Stop[] {
  return messages.flatMap((message) => {
    const total = message.siblings.length;
    if (message.role === 'assistant' && total < 2) return [];
    return [{ id: message.id, role: message.role, text: textOf(message).slice(0, 400), depth: 0, shown: true, fork: total > 1 ? { index: message.siblings.indexOf(message.id) + 1, total } : undefined }];
  });
}

/** Words without the marks of Markdown: this is a glance, not the text. */
const unmarked = (text: string): string => text.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[#*`_~>|]+/g, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, 160);
