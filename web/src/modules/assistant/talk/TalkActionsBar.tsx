import { ActionIcon, Menu } from '@mantine/core';
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
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={size} aria-label={t('assistant.bar.more')}>
              <DotsThreeIcon size={icon + 2} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<GearSixIcon size={15} />} onClick={() => onPane('settings')}>
              {t('assistant.pane.settings')}
            </Menu.Item>
            <Menu.Item leftSection={<PushPinIcon size={15} />} onClick={() => actions.pin(conversation.id, !conversation.pinned)}>
              {t(conversation.pinned ? 'assistant.list.unpin' : 'assistant.list.pin')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item component="a" href={exportAddress('markdown', conversation.id)} download leftSection={<FileTextIcon size={15} />}>
              {t('assistant.export.markdown')}
            </Menu.Item>
            <Menu.Item component="a" href={exportAddress('json', conversation.id)} download leftSection={<BracketsCurlyIcon size={15} />}>
              {t('assistant.export.json')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="brick" leftSection={<TrashIcon size={15} />} onClick={() => actions.remove(conversation.id, conversation.title, undefined)}>
              {t('assistant.list.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
