import { Button, Select } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HouseGroup } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { MoreButton } from '@/shared/ui/MoreButton';
import { PersonAvatar } from '@/shared/ui/PersonAvatar';
import { QueryState } from '@/shared/ui/QueryState';
import { useLater } from '@/shared/ui/useLater';
import { peopleQuery } from '@/shared/people/queries';
import classes from './Groups.module.css';
import { membersQuery, useAddMember, useRemoveMember } from './queries';

/** Who belongs to a group; whoever is taken out can be put back at once. */
export function Members({ group }: { group: HouseGroup }) {
  const t = useT();
  const text = useProblemText();
  const format = useFormat();
  const members = useInfiniteQuery(membersQuery(group.id));
  const add = useAddMember(group.id);
  const remove = useRemoveMember(group.id);
  const failed = (error: unknown) => notify(text(error), { kind: 'bad' });
  const takeOut = (id: string, name: string) =>
    remove.mutate(id, { onError: failed, onSuccess: () => notify(t('accounts.groups.removed', { name, group: group.name }), { undo: () => add.mutate(id, { onError: failed }) }) });

  return (
    <div className={classes.members}>
      <QueryState query={members} opening={t('accounts.groups.openingMembers')} height={62}>
        {(items) => (
          <ul aria-label={t('accounts.groups.membersOf', { name: group.name })}>
            {items.length === 0 && <li className="at-soft">{t('accounts.groups.empty')}</li>}
            {items.map(({ id, username, displayName, addedAt }) => {
              const name = displayName || username;
              return (
                <li key={id} className={classes.member}>
                  <PersonAvatar name={name} size={28} />
                  <div className="at-grow">
                    <b dir="auto">{name}</b> <span className="at-meta">{t('accounts.groups.since', { date: format.date(addedAt) })}</span>
                  </div>
                  <Button variant="subtle" color="gray" size="xs" aria-label={t('accounts.groups.removeOne', { name })} onClick={() => takeOut(id, name)}>
                    {t('accounts.groups.remove')}
                  </Button>
                </li>
              );
            })}
          </ul>
        )}
      </QueryState>
      <MoreButton list={members} />
      <AddMember onAdd={(id) => add.mutate(id, { onError: failed })} />
    </div>
  );
}

function AddMember({ onAdd }: { onAdd: (id: string) => void }) {
  const t = useT();
  const [search, setSearch] = useState('');
  const people = useInfiniteQuery({ ...peopleQuery(useLater(search.trim())), placeholderData: keepPreviousData });
  return (
    <Select
      className={classes.add}
      aria-label={t('accounts.groups.add')}
      placeholder={t('accounts.groups.add')}
      searchable
      // The house has searched already, also in what is not shown.
      filter={({ options }) => options}
      nothingFoundMessage={t('accounts.groups.nobody')}
      data={people.data?.map(({ id, username, displayName }) => ({ value: id, label: displayName ? `${displayName} (${username})` : username })) ?? []}
      value={null}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={(id) => {
        if (id === null) return;
        onAdd(id);
        setSearch('');
      }}
    />
  );
}
