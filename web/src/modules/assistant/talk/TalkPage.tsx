import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Attachment } from '@/api/types';
import type { ComposerHandle } from '@/shared/composer/Composer';
import { newClientId } from '@/shared/composer/clientId';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import type { VirtualListHandle } from '@/shared/messageList/VirtualList';
import { notify } from '@/shared/notify/toasts';
import { rememberLastPlace } from '@/shared/session/lastPlace';
import { Bar } from '@/shared/shell/Bar';
import { useWorking } from '@/shared/shell/shellStore';
import { useWidth } from '@/shared/shell/useWidth';
import { changeConversation, conversationQuery, type ConversationChange } from '@/modules/assistant/api';
import { modelName } from '@/modules/assistant/models/ModelChip';
import { personaName } from '@/modules/assistant/models/personaName';
import type { Pane } from '@/modules/assistant/pane/panes';
import { MessageList } from './MessageList';
import { TalkActionsBar } from './TalkActionsBar';
import { TalkFoot } from './TalkFoot';
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
  const navigate = useNavigate();
  const problemText = useProblemText();
  const phone = useWidth() === 'phone';
  const { data: conversation, error } = useQuery(conversationQuery(id));
  const open = useTalk(id);
  const actions = useTalkActions(id, open);
  const composer = useRef<ComposerHandle>(null);
  const list = useRef<VirtualListHandle>(null);
  const [editing, setEditing] = useState<string>();
  const [branch, setBranch] = useState<string>();
  const { over, handlers } = useDropFiles((files) => composer.current?.attach(files));
  const { talk, running, send: sendQuestion } = open;
  useWorking(running !== undefined);
  useFinishedNotice(id, running, talk.messages.at(-1));
  useStopKey(running !== undefined, actions.stop);

  const change = useCallback(
    async (changed: ConversationChange) => {
      const key = conversationQuery(id).queryKey;
      client.setQueryData(key, (before) => before && { ...before, ...changed });
      try {
        client.setQueryData(key, await changeConversation(id, changed));
        tellOtherTabs(id);
      } catch (refused) {
        notify(problemText(refused), { kind: 'bad' });
        await client.invalidateQueries({ queryKey: key });
      }
    },
    [client, id, problemText],
  );
  const save = useCallback((changed: ConversationChange) => void change(changed), [change]);

  const send = useCallback(
    (text: string, attachments: readonly Attachment[]) => {
      sendQuestion({ clientId: newClientId(), text, attachments, ...(branch !== undefined && { parentId: branch }) });
      setBranch(undefined);
      list.current?.scrollToEnd();
    },
    [sendQuestion, branch],
  );
  const branchFrom = useCallback((messageId: string) => {
    setBranch(messageId);
    composer.current?.focus();
  }, []);
  const cancelBranch = useCallback(() => setBranch(undefined), []);
  const bar = useMemo(() => <TalkActionsBar conversation={conversation} pane={pane} onPane={onPane} />, [conversation, pane, onPane]);

  const problem = talk.problem ?? error;
  const missing = problem instanceof Problem && problem.status === 404;
  useEffect(() => {
    if (missing) rememberLastPlace(null);
    else if (talk.phase === 'ready') rememberLastPlace(`/assistant/${id}`);
  }, [id, missing, talk.phase]);
  if (talk.phase === 'failed' || missing) return <TalkProblem problem={problem} onRetry={() => void open.reload()} />;

  const goTo = (messageId: string) => {
    if (phone) onPane(undefined);
    if (talk.messages.some((message) => message.id === messageId)) list.current?.scrollToRow(messageId, 72);
    else void navigate({ to: '.', search: (before: object) => ({ ...before, at: messageId }), replace: true });
  };

  const subtitle = conversation && [personaName(conversation.persona), modelName(talk.messages.findLast(({ model }) => model != null)?.model ?? '')].filter(Boolean).join(' · ');
  return (
    <div className={classes.page} data-drop={over} {...handlers}>
      <Bar title={conversation?.title ?? t('assistant.name')} subtitle={subtitle} back="/assistant" actions={bar} />
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
      <TalkFoot
        ref={composer}
        id={id}
        conversation={conversation}
        busy={running !== undefined}
        queue={open.queue}
        queuePaused={open.queuePaused}
        branching={branch !== undefined}
        branch={talk.messages.find((message) => message.id === branch)}
        lastQuestion={talk.messages.findLast(({ role }) => role === 'user')?.id}
        onSend={send}
        onSendNow={open.sendNow}
        onUnqueue={open.unqueue}
        onStop={actions.stop}
        onCancelBranch={cancelBranch}
        onEdit={setEditing}
        onChange={save}
      />
      <TalkStatus running={running} last={talk.messages.at(-1)} />
      {panePlace &&
        pane &&
        conversation &&
        createPortal(
          <Suspense>
            <ContextPane pane={pane} onPane={onPane} conversation={conversation} open={open} onGo={goTo} actions={actions} onChange={save} />
          </Suspense>,
          panePlace,
        )}
    </div>
  );
}
