import { Select } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { groupsQuery, peopleQuery } from '@/shared/people/queries';
import { useLater } from '@/shared/ui/useLater';
import { audiences, type LimitDraft } from './limitDraft';

interface AudienceFieldsProps {
  draft: LimitDraft;
  error: string | undefined;
  onChange: (part: Partial<LimitDraft>) => void;
}

/** For whom a limit of the house is. */
export function AudienceFields({ draft, error, onChange }: AudienceFieldsProps) {
  const t = useT();
  return (
    <>
      <Select
        data-autofocus
        label={t('limits.audience')}
        allowDeselect={false}
        data={audiences.map((value) => ({ value, label: t(`limits.audience.${value}`) }))}
        value={draft.audience}
        onChange={(audience) => audience !== null && onChange({ audience, who: '' })}
      />
      {draft.audience === 'group' && <GroupField value={draft.who} error={error} onChange={(who) => onChange({ who })} />}
      {draft.audience === 'person' && <PersonField value={draft.who} error={error} onChange={(who) => onChange({ who })} />}
    </>
  );
}

interface WhoFieldProps {
  value: string;
  error?: string | undefined;
  onChange: (id: string) => void;
}

export function GroupField({ value, error, onChange }: WhoFieldProps) {
  const t = useT();
  const groups = useInfiniteQuery(groupsQuery);
  return (
    <Select
      label={t('limits.audience.group')}
      error={error}
      searchable
      nothingFoundMessage={t('limits.noGroup')}
      data={groups.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}

function PersonField({ value, error, onChange }: WhoFieldProps) {
  const t = useT();
  const [search, setSearch] = useState('');
  const people = useInfiniteQuery({ ...peopleQuery(useLater(search.trim())), placeholderData: keepPreviousData });
  return (
    <Select
      label={t('limits.audience.person')}
      error={error}
      searchable
      // The house has searched already, also in what is not shown.
      filter={({ options }) => options}
      nothingFoundMessage={t('accounts.groups.nobody')}
      data={people.data?.map(({ id, username, displayName }) => ({ value: id, label: displayName ? `${displayName} (${username})` : username })) ?? []}
      value={value || null}
      onSearchChange={setSearch}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
