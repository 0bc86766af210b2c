import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useT } from '@/shared/i18n/language';
import { useMe } from '@/shared/session/queries';
import { AppLayout } from '@/shared/shell/AppLayout';
import { Bar } from '@/shared/shell/Bar';
import { useWorking } from '@/shared/shell/shellStore';
import { useWidth } from '@/shared/shell/useWidth';
import { QueryState } from '@/shared/ui/QueryState';
import { DownloadSimpleIcon } from '@phosphor-icons/react/dist/csr/DownloadSimple';
import classes from './Costs.module.css';
import { CostsSkeleton } from './CostsSkeleton';
import { PeriodPicker } from './PeriodPicker';
import { exportAddress, reportQuery, type Scope } from './queries';
import { rangeOf, readCostsSearch, type CostsSearch } from './range';
import { Report } from './Report';

/** What was spent, by whom and for what, and what may be spent at most. */
export function CostsPage() {
  const t = useT();
  const navigate = useNavigate();
  const isAdmin = useMe().role === 'admin';
  const phone = useWidth() === 'phone';
  const search = readCostsSearch(useSearch({ strict: false }));
  const range = rangeOf(search);
  const everybody = isAdmin && search.who === 'everybody';
  const scope: Scope = { everybody, personId: search.person };
  const report = useQuery(reportQuery(scope, range));
  useWorking(report.isPlaceholderData);
  useScrollToPart(report.data !== undefined);

  const show = (next: CostsSearch) => void navigate({ to: '/costs', search: next, replace: true });
  const who = isAdmin && (
    <SegmentedControl
      size="xs"
      aria-label={t('costs.whose')}
      value={everybody ? 'everybody' : 'mine'}
      onChange={(value) => show({ ...pick(search, 'days', 'from', 'to'), ...(value === 'everybody' && { who: 'everybody' as const }) })}
      data={[
        { value: 'mine', label: t('costs.mine') },
        { value: 'everybody', label: t('costs.everybody') },
      ]}
    />
  );
  const period = <PeriodPicker search={search} range={range} onPick={(days) => show({ ...days, ...pick(search, 'who', 'person') })} />;

  return (
    <AppLayout phone="main">
      <Bar
        title={t('costs.title')}
        back="/"
        hasList={false}
        beside={!phone && who}
        actions={
          <>
            {!phone && period}
            <Button component="a" href={exportAddress(scope, range)} download variant="default" size={phone ? 'sm' : 'xs'} className={classes.csv} leftSection={<DownloadSimpleIcon size={15} />}>
              {t('costs.csv')}
            </Button>
          </>
        }
      />
      <div className={classes.page}>
        {phone && (
          <div className={classes.phoneHead}>
            {who}
            {period}
          </div>
        )}
        <QueryState query={report} opening={t('costs.opening')} skeleton={<CostsSkeleton />}>
          {(data) => <Report report={data} scope={scope} range={range} stale={report.isPlaceholderData} onPerson={(person) => show({ ...pick(search, 'days', 'from', 'to'), who: 'everybody', ...(person !== undefined && { person }) })} />}
        </QueryState>
      </div>
    </AppLayout>
  );
}

const pick = <K extends keyof CostsSearch>(search: CostsSearch, ...names: K[]): Pick<CostsSearch, K> => Object.fromEntries(names.filter((name) => search[name] !== undefined).map((name) => [name, search[name]])) as Pick<CostsSearch, K>;

/** An address such as "/costs#limits" leads to a part that is only there once the figures are. */
function useScrollToPart(isThere: boolean): void {
  useEffect(() => {
    const part = window.location.hash.slice(1);
    if (isThere && part !== '') document.getElementById(part)?.scrollIntoView();
  }, [isThere]);
}
