import { ActionIcon, Button } from '@mantine/core';
import { ArrowDownIcon } from '@phosphor-icons/react/dist/csr/ArrowDown';
import { useCallback, useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useT } from '@/shared/i18n/language';
import { parseAhead } from '@/shared/markdown/parseAhead';
import { VirtualList, type VirtualListHandle, type VirtualListView } from '@/shared/messageList/VirtualList';
import { textOf } from '@/shared/stream/message';
import { pageSize } from '@/modules/assistant/api';
import { MessageRow } from '@/modules/assistant/messages/MessageRow';
import { estimateHeight } from './estimateHeight';
import { FindBar } from './FindBar';
import { messagesAbove } from './talk';
import classes from './Talk.module.css';
import { useFindKey } from './useFindKey';
import type { OpenTalk } from './useTalk';
import type { TalkActions } from './useTalkActions';
import { OutgoingQuestion } from './Waiting';

interface MessageListProps {
  open: OpenTalk;
  actions: TalkActions;
  /** How many messages the whole branch has, known before all are fetched. */
  total: number | undefined;
  /** A message to open at. */
  at: string | undefined;
  editing: string | undefined;
  onEditing: (messageId: string | undefined) => void;
  onBranch: (messageId: string) => void;
  onEditOutgoing: () => void;
  ref?: Ref<VirtualListHandle>;
}

/** The messages of a talk. It opens at the end and follows it; a reader further up is left where they are. */
export function MessageList({ open, actions, total, at, editing, onEditing, onBranch, onEditOutgoing, ref }: MessageListProps) {
  const t = useT();
  const { talk, running, away, loadOlder } = open;
  const [view, setView] = useState<VirtualListView>({ away: false, newBelow: false });
  const [finding, setFinding] = useState(false);
  const list = useRef<VirtualListHandle>(null);
  const opened = useRef<string>(undefined);
  const shown = talk.outgoing ? messagesAbove(talk.messages, talk.outgoing.question.parentId) : talk.messages;
  const before = Math.max(0, (total ?? shown.length) - talk.messages.length);
  useImperativeHandle(ref, () => ({ scrollToEnd: () => list.current?.scrollToEnd(), scrollToRow: (id, offset) => list.current?.scrollToRow(id, offset) }));

  useFindKey(useCallback(() => setFinding(true), []));
  const showFound = useCallback((id: string) => list.current?.scrollToRow(id, 96), []);

  const oldest = talk.messages[0]?.id;
  const fetched = useEffectEvent(() => talk.messages.slice(0, pageSize).filter(({ role }) => role === 'assistant').map(textOf));
  useEffect(() => parseAhead(fetched()), [oldest]);

  useEffect(() => {
    if (at === undefined || opened.current === at) return;
    if (talk.messages.some(({ id }) => id === at)) {
      opened.current = at;
      list.current?.scrollToRow(at, 72);
      document.querySelector<HTMLElement>(`[data-message="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
    } else if (talk.older !== null) void loadOlder();
    else {
      // It lies on another branch.
      opened.current = undefined;
      actions.show(at);
    }
  }, [at, talk.messages, talk.older, loadOlder, actions]);

  return (
    <div className={classes.talk}>
      {finding && <FindBar messages={talk.messages} incomplete={talk.older !== null} loadOlder={loadOlder} onShow={showFound} onClose={() => setFinding(false)} />}
      <VirtualList
        ref={list}
        items={shown}
        estimate={estimateHeight}
        sticksToEnd
        role="feed"
        label={t('assistant.message.list')}
        busy={talk.refreshing}
        className={classes.scroller}
        onStart={talk.older === null ? undefined : loadOlder}
        onViewChange={setView}
        after={
          <div className={classes.end}>
            {talk.outgoing && (
              <OutgoingQuestion
                outgoing={talk.outgoing}
                onRetry={() => talk.outgoing && open.sendNow(talk.outgoing.question)}
                onEdit={onEditOutgoing}
                onRemove={open.withdraw}
              />
            )}
          </div>
        }
      >
        {(message, index) => (
          <MessageRow message={message} actions={actions} position={before + index + 1} editing={editing === message.id} onEditing={onEditing} onBranch={onBranch} away={away && message.id === running?.id} />
        )}
      </VirtualList>
      {view.newBelow ? (
        <Button className={classes.newBelow} size="xs" leftSection={<ArrowDownIcon size={14} />} onClick={() => list.current?.scrollToEnd()}>
          {t('assistant.newBelow')}
        </Button>
      ) : (
        view.away && (
          <ActionIcon className={classes.newBelow} variant="default" size={34} radius="xl" aria-label={t('assistant.toEnd')} onClick={() => list.current?.scrollToEnd()}>
            <ArrowDownIcon size={16} />
          </ActionIcon>
        )
      )}
    </div>
  );
}
