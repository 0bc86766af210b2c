import { Button } from '@mantine/core';
import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { NewKeyDialog } from './NewKeyDialog';
import { ProgramKey } from './ProgramKey';
import classes from './Programs.module.css';
import { programKeysQuery, stateOf } from './queries';
import { RevokeDialog } from './RevokeDialog';
import { Snippets } from './Snippets';

/** Settings, Keys for programs: what may ask this house without a browser, and how. */
export function ProgramsPage() {
  const t = useT();
  const keys = useQuery(programKeysQuery);
  const [making, setMaking] = useState(false);
  return (
    <>
      <Section
        title={t('programs.title')}
        text={t('programs.text')}
        action={
          <Button size="xs" leftSection={<PlusIcon size={14} weight="bold" />} onClick={() => setMaking(true)}>
            {t('programs.add')}
          </Button>
        }
      >
        <QueryState query={keys} opening={t('programs.opening')} height={132}>
          {(items) => <KeyLists items={items} />}
        </QueryState>
      </Section>
      <Section title={t('programs.how')} text={t('programs.how.text')}>
        <div className={`at-card ${classes.how}`}>
          <dl>
            <dt>{t('programs.address')}</dt>
            <dd>
              <code>{window.location.origin}/v1</code>
            </dd>
            <dt>{t('programs.address.anthropic')}</dt>
            <dd>
              <code>{window.location.origin}</code>
            </dd>
          </dl>
          <Snippets secret={t('programs.yourKey')} />
        </div>
      </Section>
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function KeyLists({ items }: { items: readonly ApiKey[] }) {
  const t = useT();
  const [revoking, setRevoking] = useState<ApiKey>();
  const live = items.filter((key) => stateOf(key) !== 'revoked');
  const revoked = items.filter((key) => stateOf(key) === 'revoked');
  const list = (keys: readonly ApiKey[], label: string) => (
    <ul className="at-card" aria-label={label}>
      {keys.map((key) => (
        <ProgramKey key={key.id} item={key} onRevoke={() => setRevoking(key)} />
      ))}
    </ul>
  );
  return (
    <>
      {live.length === 0 ? <EmptyCard>{t('programs.none')}</EmptyCard> : list(live, t('programs.title'))}
      {revoked.length > 0 && (
        <details className={classes.revoked}>
          <summary>{t('programs.revokedOnes', { count: revoked.length })}</summary>
          {list(revoked, t('programs.revokedOnes', { count: revoked.length }))}
        </details>
      )}
      {revoking && <RevokeDialog item={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}
