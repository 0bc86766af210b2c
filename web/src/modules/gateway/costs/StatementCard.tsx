import { Button, Select } from '@mantine/core';
import { DownloadSimpleIcon } from '@phosphor-icons/react/dist/csr/DownloadSimple';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import classes from './Costs.module.css';
import { Panel } from './Panel';
import { statementAddress } from './queries';
import { lastMonths } from './range';
import { useDays } from './useDays';

/** What each person used of each model in a month, as a table to bill from. */
export function StatementCard() {
  const t = useT();
  const days = useDays();
  const months = lastMonths();
  const [month, setMonth] = useState(months[0] ?? '');
  return (
    <Panel title={t('costs.statement')}>
      <p className="at-meta">{t('costs.statement.text')}</p>
      <div className={classes.statement}>
        <Select size="xs" aria-label={t('costs.statement.month')} allowDeselect={false} data={months.map((value) => ({ value, label: days.monthOfYear(value) }))} value={month} onChange={(value) => value !== null && setMonth(value)} />
        <Button component="a" href={statementAddress(month)} download size="xs" variant="default" leftSection={<DownloadSimpleIcon size={15} />}>
          {t('costs.statement.download')}
        </Button>
      </div>
    </Panel>
  );
}
