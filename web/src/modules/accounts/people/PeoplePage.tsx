import { TextInput } from '@mantine/core';
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { useMe } from '@/shared/session/queries';
import { peopleQuery } from '@/shared/people/queries';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { MoreButton } from '@/shared/ui/MoreButton';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { useLater } from '@/shared/ui/useLater';
import classes from './People.module.css';
import { PersonRow } from './PersonRow';

/** The house, People: who lives here, as what, and who may not come in any more. */
export function PeoplePage() {
  const t = useT();
  const me = useMe();
  const [search, setSearch] = useState('');
  const asked = useLater(search.trim());
  const people = useInfiniteQuery({ ...peopleQuery(asked), placeholderData: keepPreviousData });
  return (
    <Section title={t('accounts.people')} text={t('accounts.people.text')}>
      <TextInput
        type="search"
        className={classes.search}
        aria-label={t('accounts.people.search')}
        placeholder={t('accounts.people.search')}
        leftSection={<MagnifyingGlassIcon size={15} />}
        maxLength={254}
        data-list-filter
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <QueryState query={people} opening={t('accounts.people.opening')} height={248}>
        {(items) =>
          items.length === 0 ? (
            <EmptyCard>{t('accounts.people.none', { search: asked })}</EmptyCard>
          ) : (
            <ul className="at-card" aria-label={t('accounts.people')}>
              {items.map((person) => (
                <PersonRow key={person.id} person={person} isMe={person.id === me.id} />
              ))}
            </ul>
          )
        }
      </QueryState>
      <MoreButton list={people} />
    </Section>
  );
}
