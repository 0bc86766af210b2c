import { ActionIcon } from '@mantine/core';
import { BracketsCurlyIcon } from '@phosphor-icons/react/dist/csr/BracketsCurly';
import { DotsThreeIcon } from '@phosphor-icons/react/dist/csr/DotsThree';
import { FileTextIcon } from '@phosphor-icons/react/dist/csr/FileText';
import { GearSixIcon } from '@phosphor-icons/react/dist/csr/GearSix';
import { PushPinIcon } from '@phosphor-icons/react/dist/csr/PushPin';
import { SidebarSimpleIcon } from '@phosphor-icons/react/dist/csr/SidebarSimple';
import { TrashIcon } from '@phosphor-icons/react/dist/csr/Trash';
import type { Conversation } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { LazyMenu } from '@/shared/ui/LazyMenu';
import { exportAddress } from '@/modules/assistant/api';
import { useConversationActions } from '@/modules/assistant/conversations/useConversationActions';
import type { Pane } from '@/modules/assistant/pane/panes';

interface TalkActionsBarProps {
  conversation: Conversation | undefined;
  pane: Pane | undefined;
  onPane: (pane: Pane | undefined) => void;
}

/** At the right end of the talk's bar: the pane beside it, and what can be done with the conversation. */
export function TalkActionsBar({ conversation, pane, onPane }: TalkActionsBarProps) {
  const t = useT();
  const phone = useWidth() === 'phone';
  const actions = useConversationActions(conversation?.id);
  const size = phone ? 44 : 34;
  const icon = phone ? 19 : 17;
  return (
    <>
      <ActionIcon variant={pane ? 'light' : 'subtle'} color={pane ? 'patina' : 'gray'} size={size} aria-label={t('assistant.pane.title')} aria-expanded={pane !== undefined} onClick={() => onPane(pane ? undefined : 'details')}>
        <SidebarSimpleIcon size={icon} mirrored weight={pane ? 'fill' : 'regular'} />
      </ActionIcon>
      {conversation && (
        <LazyMenu
          position="bottom-end"
          width={220}
          target={
            <ActionIcon variant="subtle" color="gray" size={size} aria-label={t('assistant.bar.more')}>
              <DotsThreeIcon size={icon + 2} />
            </ActionIcon>
          }
          entries={[
            { kind: 'item', text: t('assistant.pane.settings'), icon: <GearSixIcon size={15} />, onPick: () => onPane('settings') },
            { kind: 'item', text: t(conversation.pinned ? 'assistant.list.unpin' : 'assistant.list.pin'), icon: <PushPinIcon size={15} />, onPick: () => actions.pin(conversation.id, !conversation.pinned) },
            { kind: 'divider' },
            { kind: 'download', text: t('assistant.export.markdown'), icon: <FileTextIcon size={15} />, address: exportAddress('markdown', conversation.id) },
            { kind: 'download', text: t('assistant.export.json'), icon: <BracketsCurlyIcon size={15} />, address: exportAddress('json', conversation.id) },
            { kind: 'divider' },
            { kind: 'item', text: t('assistant.list.delete'), icon: <TrashIcon size={15} />, danger: true, onPick: () => actions.remove(conversation.id, conversation.title, undefined) },
          ]}
        />
      )}
    </>
  );
}
