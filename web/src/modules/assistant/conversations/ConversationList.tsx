import { ActionIcon, Button } from '@mantine/core';
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass';
import { NotePencilIcon } from '@phosphor-icons/react/dist/csr/NotePencil';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { VirtualList } from '@/shared/messageList/VirtualList';
import { setListOpen } from '@/shared/shell/shellStore';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import { conversationsQuery } from '@/modules/assistant/api';
import { ConversationItem } from './ConversationItem';
import classes from './Conversations.module.css';
import { FoundMessages } from './FoundMessages';
import { groupConversations, type ListRow } from './groupConversations';
import { ListSkeleton } from './ListSkeleton';
import { useConversationActions } from './useConversationActions';

const groupNames = { pinned: 'assistant.list.pinned', today: 'assistant.list.today', yesterday: 'assistant.list.yesterday', week: 'assistant.list.week', older: 'assistant.list.older' } as const;

/** All conversations: pinned, then by day; the filter looks in titles and, below, in what was said. */
export function ConversationList({ selected }: { selected: string | undefined }) {
  const t = useT();
  const problemText = useProblemText();
  const phone = useWidth() === 'phone';
  const [search, setSearch] = useState('');
  const query = useDeferredValue(search.trim());
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(conversationsQuery(query));
  const actions = useConversationActions(selected);
  const conversations = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const rows = useMemo(() => groupConversations(conversations, new Date()), [conversations]);
  const [nearEnd, setNearEnd] = useState(false);

  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [nearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <>
      <header className={classes.head}>
        {phone ? <h1>{t('assistant.name')}</h1> : <h2>{t('assistant.name')}</h2>}
        <ActionIcon
          renderRoot={(root: object) => <Link {...root} to="/assistant" search={phone ? newOnPhone : {}} />}
          variant="light"
          size={phone ? 44 : 34}
          aria-label={t('assistant.new')}
          onClick={() => setListOpen(false)}
        >
          <NotePencilIcon size={17} />
        </ActionIcon>
      </header>
      <Filter value={search} onChange={setSearch} />
      <nav aria-label={t('assistant.conversations')} className={classes.nav} onKeyDown={moveFocus}>
        {isPending && <ListSkeleton />}
        {error && (
          <div className={classes.problem}>
            <Note
              kind="bad"
              actions={
                <Button size="xs" variant="default" onClick={() => void refetch()}>
                  {t('shell.tryAgain')}
                </Button>
              }
            >
              {problemText(error)}
            </Note>
          </div>
        )}
        {data && (
          <VirtualList
            items={rows}
            estimate={phone ? heightOnPhone : heightOf}
            className={classes.scroller}
            onViewChange={(view) => setNearEnd(!view.away)}
            after={<ListEnd query={query} empty={conversations.length === 0} />}
          >
            {(row) =>
              row.kind === 'group' ? (
                <h3 className={classes.group}>{t(groupNames[row.group])}</h3>
              ) : (
                <ConversationItem conversation={row.conversation} selected={row.id === selected} actions={actions} neighbour={neighbourOf(rows, row.id)} />
              )
            }
          </VirtualList>
        )}
      </nav>
    </>
  );
}

function ListEnd({ query, empty }: { query: string; empty: boolean }) {
  const t = useT();
  if (query !== '') return <FoundMessages query={query} nothingAbove={empty} />;
  return empty ? <p className={classes.empty}>{t('assistant.list.empty')}</p> : null;
}

function Filter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT();
  return (
    <div className={classes.find} data-holds-escape>
      <MagnifyingGlassIcon size={16} aria-hidden />
      <input
        data-list-filter
        type="text"
        role="searchbox"
        value={value}
        placeholder={t('assistant.list.search')}
        aria-label={t('assistant.list.search')}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
        }}
      />
      {value === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <button type="button" aria-label={t('assistant.list.clear')} onClick={() => onChange('')}>
          <XIcon size={13} />
        </button>
      )}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-conversation]')];
  const index = links.findIndex((link) => link === document.activeElement);
  const next = links[index + (event.key === 'ArrowDown' ? 1 : -1)];
  if (index < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

const newOnPhone = { new: true } as const;

const heightOf = (row: ListRow) => (row.kind === 'group' ? 33 : 34);
const heightOnPhone = (row: ListRow) => (row.kind === 'group' ? 33 : 48);

function neighbourOf(rows: readonly ListRow[], id: string): string | undefined {
  const conversations = rows.filter((row) => row.kind === 'conversation');
  const index = conversations.findIndex((row) => row.id === id);
  return (conversations[index + 1] ?? conversations[index - 1])?.id;
}
