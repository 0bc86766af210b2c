import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { MoreButton } from '@/shared/ui/MoreButton';
import { groupsQuery } from '@/shared/people/queries';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { GroupCard } from './GroupCard';
import classes from './Groups.module.css';
import { useMakeGroup } from './queries';

/** The house, Groups: people who belong together, so that something can be given to all of them at once. */
export function GroupsPage() {
  const t = useT();
  const groups = useInfiniteQuery(groupsQuery);
  return (
    <Section title={t('accounts.groups')} text={t('accounts.groups.text')}>
      <NewGroup />
      <QueryState query={groups} opening={t('accounts.groups.opening')} height={124}>
        {(items) =>
          items.length === 0 ? (
            <EmptyCard>{t('accounts.groups.none')}</EmptyCard>
          ) : (
            <ul className={classes.groups}>
              {items.map((group) => (
                <GroupCard key={group.id} group={group} />
              ))}
            </ul>
          )
        }
      </QueryState>
      <MoreButton list={groups} />
    </Section>
  );
}

function NewGroup() {
  const t = useT();
  const text = useProblemText();
  const make = useMakeGroup();
  const [name, setName] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    make.mutate(name.trim(), { onSuccess: () => setName('') });
  };
  return (
    <form className={classes.make} onSubmit={submit}>
      <TextInput
        className="at-grow"
        label={t('accounts.groups.name')}
        placeholder={t('accounts.groups.example')}
        error={make.isError && text(make.error)}
        maxLength={128}
        dir="auto"
        value={name}
        onChange={(event) => {
          make.reset();
          setName(event.currentTarget.value);
        }}
      />
      <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
        {t('accounts.groups.make')}
      </Button>
    </form>
  );
}
