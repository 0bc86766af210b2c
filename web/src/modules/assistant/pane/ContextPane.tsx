import { ActionIcon, SegmentedControl } from '@mantine/core';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import type { Conversation } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import type { ConversationChange } from '@/modules/assistant/api';
import type { OpenTalk } from '@/modules/assistant/talk/useTalk';
import type { TalkActions } from '@/modules/assistant/talk/useTalkActions';
import { DetailsPane } from './DetailsPane';
import { MapPane } from './MapPane';
import classes from './Pane.module.css';
import { panes, type Pane } from './panes';
import { SettingsPane } from './SettingsPane';
import { SourcesPane } from './SourcesPane';

interface ContextPaneProps {
  pane: Pane;
  onPane: (pane: Pane | undefined) => void;
  conversation: Conversation;
  open: OpenTalk;
  /** Brings a message of the talk into view. */
  onGo: (messageId: string) => void;
  actions: TalkActions;
  onChange: (change: ConversationChange) => void;
}

/** Beside the talk: what it read, what it cost, how it branches, how it is set up. */
export function ContextPane({ pane, onPane, conversation, open, onGo, actions, onChange }: ContextPaneProps) {
  const t = useT();
  const { messages, refreshing } = open.talk;
  const answer = messages.findLast(({ role }) => role === 'assistant');
  const hasSources = messages.some((message) => message.parts.some((part) => part.type === 'citation'));
  const offered = panes.filter((one) => one !== 'sources' || hasSources || pane === 'sources');
  const names = { sources: t('assistant.pane.sources'), details: t('assistant.pane.details'), map: t('assistant.pane.map'), settings: t('assistant.pane.settings') };
  return (
    <>
      <header className={classes.bar}>
        <SegmentedControl size="xs" value={pane} onChange={(value) => onPane(panes.find((one) => one === value))} data={offered.map((one) => ({ value: one, label: names[one] }))} aria-label={t('assistant.pane.title')} />
        <span className="at-grow" />
        <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('assistant.pane.close')} onClick={() => onPane(undefined)}>
          <XIcon size={17} />
        </ActionIcon>
      </header>
      <div className={classes.body} tabIndex={-1}>
        {pane === 'sources' && <SourcesPane answer={answer} />}
        {pane === 'details' && <DetailsPane conversation={conversation} answer={answer} />}
        {pane === 'map' && <MapPane conversationId={conversation.id} messages={messages} refreshing={refreshing} onGo={onGo} onShow={actions.show} />}
        {pane === 'settings' && <SettingsPane key={conversation.id} conversation={conversation} onChange={onChange} />}
      </div>
    </>
  );
}
