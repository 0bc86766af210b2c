import { Button } from '@mantine/core';
import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useT } from '@/shared/i18n/language';
import { QueryState } from '@/shared/ui/QueryState';
import { Panel } from '@/modules/gateway/costs/Panel';
import { LimitDialog } from './LimitDialog';
import { LimitList } from './LimitList';
import { limitsQuery, type LimitScope } from './queries';

/** What may be used at most, by whom, with a few words below; a call that would go beyond is refused before it is made. */
export function LimitsCard({ scope, children }: { scope: LimitScope; children?: ReactNode }) {
  const t = useT();
  const [adding, setAdding] = useState(false);
  const limits = useQuery(limitsQuery(scope));
  return (
    <Panel
      id="limits"
      title={t('limits.title')}
      action={
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<PlusIcon size={15} />} onClick={() => setAdding(true)}>
          {t('limits.add')}
        </Button>
      }
    >
      <QueryState query={limits} opening={t('limits.opening')} height={120}>
        {(items) => (items.length === 0 ? <p className="at-soft">{t(scope === 'own' ? 'limits.none' : 'limits.noneHouse')}</p> : <LimitList limits={items} scope={scope} />)}
      </QueryState>
      {children}
      {adding && <LimitDialog scope={scope} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
