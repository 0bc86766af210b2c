import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { createElement, useState, type ComponentProps } from 'react';
import { useT } from '@/shared/i18n/language';
import { AppLayout } from '@/shared/shell/AppLayout';
import { ConversationList } from './conversations/ConversationList';
import classes from './pane/PanePlace.module.css';
import { panes, type Pane } from './pane/panes';
import { NewTalk } from './talk/NewTalk';
import { TalkSkeleton } from './talk/TalkSkeleton';
import { useTalkPage } from './talk/loadTalkPage';

/** The app: conversations left, one of them open, what belongs to it right. */
export function AssistantPage() {
  const t = useT();
  const navigate = useNavigate();
  const { conversationId } = useParams({ strict: false });
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const [panePlace, setPanePlace] = useState<HTMLElement | null>(null);
  const at = typeof search['at'] === 'string' ? search['at'] : undefined;
  const pane = conversationId === undefined ? undefined : panes.find((one) => one === search['pane']);
  const fresh = search['new'] === true;
  const openPane = (next: Pane | undefined) => void navigate({ to: '.', search: (before) => ({ ...before, pane: next }), replace: true });
  return (
    <AppLayout
      list={<ConversationList selected={conversationId} />}
      listLabel={t('assistant.conversations')}
      phone={conversationId === undefined && !fresh ? 'list' : 'main'}
      context={pane && <div ref={setPanePlace} className={classes.place} />}
      contextLabel={t('assistant.pane.title')}
      onContextClose={() => openPane(undefined)}
      onContextToggle={() => conversationId !== undefined && openPane(pane ? undefined : 'details')}
    >
      {conversationId === undefined ? (
        <NewTalk />
      ) : (
        <Talk key={conversationId} id={conversationId} at={at} pane={pane} onPane={openPane} panePlace={pane ? panePlace : null} />
      )}
    </AppLayout>
  );
}

function Talk(props: ComponentProps<NonNullable<ReturnType<typeof useTalkPage>>>) {
  const TalkPage = useTalkPage();
  return TalkPage ? createElement(TalkPage, props) : <TalkSkeleton title={undefined} count={undefined} />;
}
