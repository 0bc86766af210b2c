import { ActionIcon } from '@mantine/core';
import { DotsThreeIcon } from '@phosphor-icons/react/dist/csr/DotsThree';
import { PencilSimpleIcon } from '@phosphor-icons/react/dist/csr/PencilSimple';
import { PushPinIcon } from '@phosphor-icons/react/dist/csr/PushPin';
import { PushPinSlashIcon } from '@phosphor-icons/react/dist/csr/PushPinSlash';
import { TrashIcon } from '@phosphor-icons/react/dist/csr/Trash';
import { Link } from '@tanstack/react-router';
import { memo, useState, type KeyboardEvent } from 'react';
import type { ConversationSummary } from '@/api/types';
import { loadTalkPage } from '@/modules/assistant/talk/loadTalkPage';
import { useT } from '@/shared/i18n/language';
import { setListOpen } from '@/shared/shell/shellStore';
import { LazyMenu } from '@/shared/ui/LazyMenu';
import classes from './Conversations.module.css';
import type { ConversationActions } from './useConversationActions';

interface ConversationItemProps {
  conversation: ConversationSummary;
  selected: boolean;
  actions: ConversationActions;
  /** What is opened when this one is deleted. */
  neighbour: string | undefined;
}

export const ConversationItem = memo(function ConversationItem({ conversation, selected, actions, neighbour }: ConversationItemProps) {
  const t = useT();
  const [renaming, setRenaming] = useState(false);
  const { id, title, pinned } = conversation;
  if (renaming) {
    return (
      <RenameField
        title={title}
        onDone={(changed) => {
          setRenaming(false);
          if (changed !== undefined) actions.rename(id, changed);
        }}
      />
    );
  }
  return (
    <div className={classes.item} data-selected={selected}>
      <Link
        to="/assistant/$conversationId"
        params={{ conversationId: id }}
        className={classes.link}
        data-conversation
        aria-current={selected ? 'page' : undefined}
        onPointerEnter={() => void loadTalkPage()}
        onFocus={() => void loadTalkPage()}
        onClick={() => setListOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setRenaming(true);
          if (event.key === 'Delete') actions.remove(id, title, neighbour);
        }}
      >
        {pinned && <PushPinIcon size={15} aria-label={t('assistant.list.pinned')} />}
        <span className={classes.title} dir="auto">
          {title}
        </span>
        {conversation.running && <b className={classes.beat} role="img" aria-label={t('assistant.list.answering')} />}
      </Link>
      <LazyMenu
        position="bottom-end"
        width={190}
        target={
          <ActionIcon className={classes.more} variant="subtle" color="gray" size={28} aria-label={t('assistant.list.more', { title })}>
            <DotsThreeIcon size={17} />
          </ActionIcon>
        }
        entries={[
          { kind: 'item', text: t('assistant.list.rename'), icon: <PencilSimpleIcon size={15} />, onPick: () => setRenaming(true) },
          { kind: 'item', text: t(pinned ? 'assistant.list.unpin' : 'assistant.list.pin'), icon: pinned ? <PushPinSlashIcon size={15} /> : <PushPinIcon size={15} />, onPick: () => actions.pin(id, !pinned) },
          { kind: 'item', text: t('assistant.list.delete'), icon: <TrashIcon size={15} />, danger: true, onPick: () => actions.remove(id, title, neighbour) },
        ]}
      />
    </div>
  );
});

function RenameField({ title, onDone }: { title: string; onDone: (changed: string | undefined) => void }) {
  const t = useT();
  const [changed, setChanged] = useState(title);
  const save = () => onDone(changed.trim() === '' || changed.trim() === title ? undefined : changed.trim());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
    if (event.key === 'Escape') onDone(undefined);
  };
  return (
    <div className={classes.item} data-selected data-holds-escape>
      <input className={classes.rename} aria-label={t('assistant.list.renameLabel')} value={changed} maxLength={200} autoFocus onFocus={(event) => event.target.select()} onChange={(event) => setChanged(event.target.value)} onBlur={save} onKeyDown={onKeyDown} dir="auto" />
    </div>
  );
}
