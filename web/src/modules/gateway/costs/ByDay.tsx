import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Budget, CostReport } from '@/api/money';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useMoney } from '@/shared/money/useMoney';
import { barsOf, seriesColour, seriesOf } from './bars';
import { Chart } from './Chart';
import classes from './Costs.module.css';
import { moduleName } from './names';
import { Panel } from './Panel';
import { useDays } from './useDays';

/** Each day's cost by app, as bars or as a table. */
export function ByDay({ report, dayLimit }: { report: CostReport; dayLimit: Budget | undefined }) {
  const t = useT();
  const money = useMoney();
  const [asTable, setAsTable] = useState(false);
  const bars = barsOf(report.days);
  const series = seriesOf(bars);
  const costs = money.together(series.map(({ cost }) => cost));
  return (
    <Panel
      title={t(bars.length === report.days.length ? 'costs.byDay' : 'costs.byWeek')}
      action={
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'costs.asBars' : 'costs.asTable')}
        </Button>
      }
    >
      <ul className={classes.legend}>
        {series.map(({ module }, index) => (
          <li key={module}>
            <i style={{ background: seriesColour(module) }} aria-hidden="true" />
            {moduleName(t, module)} <span className="at-num">{costs.parts[index]}</span>
          </li>
        ))}
        {series.length === 0 && <li>{t('costs.allFree')}</li>}
      </ul>
      {asTable ? <DayTable report={report} /> : <Chart bars={bars} series={series.map(({ module }) => module)} dayLimit={bars.length === report.days.length ? dayLimit : undefined} />}
    </Panel>
  );
}

function DayTable({ report }: { report: CostReport }) {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const days = useDays();
  const shown = report.days.toReversed().filter(({ requests }) => requests > 0);
  const costs = money.together(shown.map(({ cost }) => cost));
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('costs.byDay')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('costs.day')}</th>
            <th scope="col">{t('costs.requests')}</th>
            <th scope="col">{t('costs.images')}</th>
            <th scope="col">{t('costs.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ date, requests, images }, index) => (
            <tr key={date}>
              <th scope="row">{days.long(date)}</th>
              <td className="at-num">{format.number(requests)}</td>
              <td className="at-num">{format.number(images)}</td>
              <td className="at-num">{costs.parts[index]}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('costs.total')}</th>
            <td className="at-num">{format.number(report.total.requests)}</td>
            <td className="at-num">{format.number(report.total.images)}</td>
            <td className="at-num">{costs.total}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
