import { Button } from '@mantine/core';
import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { Note } from '@/shared/ui/Note';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { HouseKeyDialog } from './HouseKeyDialog';
import classes from './HouseKeys.module.css';
import { HouseKeyList } from './HouseKeyList';
import { OfferedKeys } from './OfferedKeys';
import { houseKeysQuery } from './queries';

/** The house, Keys of the house: keys that people without one of their own may use, and that the house pays for. */
export function HouseKeysPage() {
  const t = useT();
  const keys = useQuery(houseKeysQuery);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('settings.houseKeys')}
      text={t('houseKeys.text')}
      action={
        <Button size="xs" leftSection={<PlusIcon size={14} weight="bold" />} onClick={() => setAdding(true)}>
          {t('gateway.keys.add')}
        </Button>
      }
    >
      <QueryState query={keys} opening={t('houseKeys.opening')} height={132}>
        {({ items, offered = [] }) => (
          <>
            {items.length === 0 ? <EmptyCard>{t('houseKeys.none')}</EmptyCard> : <HouseKeyList items={items} />}
            {offered.length > 0 && <OfferedKeys offered={offered} />}
          </>
        )}
      </QueryState>
      <div className={classes.foot}>
        <Note>{t('houseKeys.note')}</Note>
      </div>
      {adding && <HouseKeyDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}
