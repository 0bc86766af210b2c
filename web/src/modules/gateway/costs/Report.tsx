import { Button } from '@mantine/core';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useQuery } from '@tanstack/react-query';
import type { CostReport } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { LimitsCard } from '@/modules/gateway/limits/LimitsCard';
import { limitsQuery } from '@/modules/gateway/limits/queries';
import { Breakdown } from './Breakdown';
import { ByDay } from './ByDay';
import { CacheCard } from './CacheCard';
import { Calls } from './Calls';
import { Cards } from './Cards';
import classes from './Costs.module.css';
import { Dearest } from './Dearest';
import { Forecast } from './Forecast';
import { LimitNotes } from './LimitNotes';
import { tightest } from './pace';
import type { Scope } from './queries';
import type { Range } from './range';
import { StatementCard } from './StatementCard';
import { UnpricedNote } from './UnpricedNote';

interface ReportProps {
  report: CostReport;
  scope: Scope;
  range: Range;
  /** Whether these are the figures of the days before the ones asked for. */
  stale: boolean;
  onPerson: (id: string | undefined) => void;
}

/** All that the page shows of one range of days. */
export function Report({ report, scope, range, stale, onPerson }: ReportProps) {
  const t = useT();
  const { everybody, personId } = scope;
  const limits = useQuery(limitsQuery(everybody ? 'house' : 'own')).data ?? [];
  const holds = (owner: string) => (everybody ? personId === undefined && owner === 'everyone' : owner !== 'everyone' && !owner.startsWith('group:'));
  const dayLimit = tightest(limits, 'day', holds);
  const monthLimit = tightest(limits, 'month', holds);
  const person = report.people?.find((each) => each.personId === personId);
  const nothing = report.total.requests === 0;
  const extra = everybody ? <StatementCard /> : <CacheCard />;
  return (
    <div className={classes.report} data-stale={stale} aria-busy={stale}>
      {personId !== undefined && everybody && (
        <p className={classes.only}>
          <Button variant="light" size="xs" rightSection={<XIcon size={13} weight="bold" />} onClick={() => onPerson(undefined)}>
            {t('costs.onlyOf', { name: person?.username ?? t('costs.person.gone') })}
          </Button>
        </p>
      )}
      {!everybody && <LimitNotes limits={limits} />}
      <UnpricedNote report={report} />
      <Cards report={report} range={range} monthLimit={monthLimit} />
      <div className={classes.columns} data-empty={nothing}>
        {nothing ? (
          <div className={classes.side}>
            <EmptyCard>{t('costs.empty')}</EmptyCard>
            {extra}
          </div>
        ) : (
          <ByDay report={report} dayLimit={dayLimit} />
        )}
        <LimitsCard scope={everybody ? 'house' : 'own'}>
          <Forecast report={report} monthLimit={monthLimit} />
        </LimitsCard>
      </div>
      {!nothing && (
        <div className={classes.columns}>
          <Breakdown report={report} onPerson={everybody && personId === undefined ? onPerson : undefined} />
          <div className={classes.side}>
            {report.things.length > 0 && <Dearest things={report.things} />}
            {extra}
          </div>
        </div>
      )}
      {!everybody && !nothing && <Calls range={range} />}
    </div>
  );
}
