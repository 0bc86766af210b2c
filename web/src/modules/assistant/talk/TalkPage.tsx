import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Attachment } from '@/api/types';
import { Composer, type ComposerHandle } from '@/shared/composer/Composer';
import { newClientId } from '@/shared/composer/clientId';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import type { VirtualListHandle } from '@/shared/messageList/VirtualList';
import { notify } from '@/shared/notify/toasts';
import { useMe } from '@/shared/session/queries';
import { Bar } from '@/shared/shell/Bar';
import { useWorking } from '@/shared/shell/shellStore';
import { useWidth } from '@/shared/shell/useWidth';
import { changeConversation, conversationQuery, upload, type ConversationChange } from '@/modules/assistant/api';
import { ModelChip, modelName } from '@/modules/assistant/models/ModelChip';
import { PersonaChip } from '@/modules/assistant/models/PersonaChip';
import { personaName } from '@/modules/assistant/models/personaName';
import type { Pane } from '@/modules/assistant/pane/panes';
import { BranchHint } from './BranchHint';
import { CostLine } from './CostLine';
import { MessageList } from './MessageList';
import { TalkActionsBar } from './TalkActionsBar';
import { TalkProblem } from './TalkProblem';
import { TalkSkeleton } from './TalkSkeleton';
import { TalkStatus } from './TalkStatus';
import { tellOtherTabs } from './otherTabs';
import classes from './Talk.module.css';
import { useDropFiles } from './useDropFiles';
import { useFinishedNotice } from './useFinishedNotice';
import { useStopKey } from './useStopKey';
import { useTalk } from './useTalk';
import { useTalkActions } from './useTalkActions';
import { Queue } from './Waiting';

const ContextPane = lazy(async () => ({ default: (await import('@/modules/assistant/pane/ContextPane')).ContextPane }));

interface TalkPageProps {
  id: string;
  /** A message to open at. */
  at: string | undefined;
  pane: Pane | undefined;
  onPane: (pane: Pane | undefined) => void;
  /** Where the context pane is drawn, once it is open. */
  panePlace: HTMLElement | null;
}

/** One conversation: its bar, its messages, and the composer below them. */
export function TalkPage({ id, at, pane, onPane, panePlace }: TalkPageProps) {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const phone = useWidth() === 'phone';
  const { preferences } = useMe();
  const { data: conversation, error } = useQuery(conversationQuery(id));
  const open = useTalk(id);
  const actions = useTalkActions(id, open);
  const composer = useRef<ComposerHandle>(null);
  const list = useRef<VirtualListHandle>(null);
  const [editing, setEditing] = useState<string>();
  const [branch, setBranch] = useState<string>();
  const { over, handlers } = useDropFiles((files) => composer.current?.attach(files));
  const { talk, running } = open;
  useWorking(running !== undefined);
  useFinishedNotice(id, running, talk.messages.at(-1));
  useStopKey(running !== undefined, actions.stop);

  const problem = talk.problem ?? error;
  if (talk.phase === 'failed' || (error instanceof Problem && error.status === 404)) return <TalkProblem problem={problem} onRetry={() => void open.reload()} />;

  const change = async (changed: ConversationChange) => {
    const { queryKey } = conversationQuery(id);
    client.setQueryData(queryKey, (before) => before && { ...before, ...changed });
    try {
      client.setQueryData(queryKey, await changeConversation(id, changed));
      tellOtherTabs(id);
    } catch (refused) {
      notify(problemText(refused), { kind: 'bad' });
      await client.invalidateQueries({ queryKey });
    }
  };

  const send = (text: string, attachments: readonly Attachment[]) => {
    open.send({ clientId: newClientId(), text, attachments, ...(branch !== undefined && { parentId: branch }) });
    setBranch(undefined);
    list.current?.scrollToEnd();
  };

  const goTo = (messageId: string) => {
    if (phone) onPane(undefined);
    list.current?.scrollToRow(messageId, 72);
  };

  const branchFrom = (messageId: string) => {
    setBranch(messageId);
    composer.current?.focus();
  };

  const lastQuestion = talk.messages.findLast(({ role }) => role === 'user');
  const subtitle = conversation && [personaName(conversation.persona), modelName(talk.messages.findLast(({ model }) => model != null)?.model ?? '')].filter(Boolean).join(' · ');
  return (
    <div className={classes.page} data-drop={over} {...handlers}>
      <Bar
        title={conversation?.title ?? t('assistant.name')}
        subtitle={subtitle}
        back="/assistant"
        actions={<TalkActionsBar conversation={conversation} pane={pane} onPane={onPane} />}
      />
      {talk.phase === 'loading' ? (
        <TalkSkeleton title={conversation?.title} count={conversation?.messageCount} />
      ) : (
        <MessageList
          ref={list}
          open={open}
          actions={actions}
          total={talk.older === null ? talk.messages.length : conversation?.messageCount}
          at={at}
          editing={editing}
          onEditing={setEditing}
          onBranch={branchFrom}
          onEditOutgoing={() => {
            composer.current?.write(talk.outgoing?.question.text ?? '');
            open.withdraw();
          }}
        />
      )}
      <div className={classes.foot}>
        <div className={classes.column}>
          <Queue queue={open.queue} paused={open.queuePaused} onSend={open.sendNow} onRemove={open.unqueue} />
          {branch !== undefined && <BranchHint message={talk.messages.find((message) => message.id === branch)} onCancel={() => setBranch(undefined)} />}
          {phone && <CostLine cost={conversation?.cost} />}
          <Composer
            ref={composer}
            place={id}
            label={t('assistant.composer.label')}
            placeholder={t(phone ? 'assistant.composer.nextShort' : running ? 'assistant.composer.whileAnswering' : 'assistant.composer.next')}
            enterSends={preferences.enterSends}
            busy={running !== undefined}
            onSend={send}
            onStop={actions.stop}
            onEditLast={lastQuestion && (() => setEditing(lastQuestion.id))}
            upload={upload}
            tools={
              !phone &&
              conversation && (
                <>
                  <PersonaChip persona={conversation.persona} onChange={(persona) => void change({ persona })} />
                  <ModelChip model={conversation.model ?? undefined} onChange={(model) => void change({ model })} />
                </>
              )
            }
          />
          {!phone && <CostLine cost={conversation?.cost} />}
        </div>
      </div>
      <TalkStatus running={running} last={talk.messages.at(-1)} />
      {panePlace &&
        pane &&
        conversation &&
        createPortal(
          <Suspense>
            <ContextPane pane={pane} onPane={onPane} conversation={conversation} open={open} onGo={goTo} actions={actions} onChange={(changed) => void change(changed)} />
          </Suspense>,
          panePlace,
        )}
    </div>
  );
}
