import { Button } from '@mantine/core';
import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Budget } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { LimitDialog } from './LimitDialog';
import { LimitList } from './LimitList';
import classes from './Limits.module.css';
import { limitsQuery } from './queries';

/** The house, Spending: what everybody together, each person, a group or one person may use. */
export function HouseLimitsPage() {
  const t = useT();
  const limits = useQuery(limitsQuery('house'));
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('settings.spending')}
      text={t('limits.house.text')}
      action={
        <Button size="xs" leftSection={<PlusIcon size={14} weight="bold" />} onClick={() => setAdding(true)}>
          {t('limits.add')}
        </Button>
      }
    >
      <QueryState query={limits} opening={t('limits.opening')} height={220}>
        {(items) => (items.length === 0 ? <EmptyCard>{t('limits.noneHouse')}</EmptyCard> : <Groups items={items} />)}
      </QueryState>
      {adding && <LimitDialog scope="house" onClose={() => setAdding(false)} />}
    </Section>
  );
}

/** The widest first: everybody, then each, groups, people. */
function Groups({ items }: { items: readonly Budget[] }) {
  const rank = ({ owner }: Budget) => (owner === 'everyone' ? 0 : owner === 'each' ? 1 : owner.startsWith('group:') ? 2 : 3);
  return (
    <div className={`at-card ${classes.card}`}>
      <LimitList limits={[...items].sort((a, b) => rank(a) - rank(b))} scope="house" />
    </div>
  );
}
