import { Badge } from '@mantine/core';
import { CheckIcon } from '@phosphor-icons/react/dist/csr/Check';
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning';
import type { Icon } from '@phosphor-icons/react';
import type { ReactNode } from 'react';
import type { Budget, CostReport } from '@/api/money';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import type { MessageKey } from '@/shared/i18n/messages';
import { fromPico, shareOf, toPico } from '@/shared/money/amounts';
import { useMoney } from '@/shared/money/useMoney';
import { Meter } from '@/shared/ui/Meter';
import classes from './Costs.module.css';
import { moduleName } from './names';
import { changeOf, paceOf, type Pace } from './pace';
import { lengthOf, type Range } from './range';
import { useDays } from './useDays';

interface CardsProps {
  report: CostReport;
  range: Range;
  monthLimit: Budget | undefined;
}

/** The figures at a glance: money, requests, pictures, and how the month goes. */
export function Cards({ report, range, monthLimit }: CardsProps) {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const days = useDays();
  const { total, previous, modules } = report;
  const length = lengthOf(range);
  const change = changeOf(total.cost, previous.cost);
  const ended = [total.failed > 0 && t('costs.failed', { count: total.failed }), total.cancelled > 0 && t('costs.cancelled', { count: total.cancelled })].filter(Boolean).join(', ');
  const makers = modules.filter(({ sum }) => sum.images > 0);
  return (
    <div className={classes.cards}>
      <Card label={days.range(range)} figure={money.one(total.cost)}>
        {t('costs.aDay', { amount: money.one(fromPico(toPico(total.cost) / BigInt(length))) })}
        {change !== undefined && <> · {change === 0 ? t('costs.change.none') : t(change > 0 ? 'costs.change.more' : 'costs.change.less', { percent: Math.abs(change) })}</>}
      </Card>
      <Card label={t('costs.requests')} figure={format.number(total.requests)}>
        {total.fromCache > 0 ? t('costs.fromCache', { count: total.fromCache, amount: money.one(total.saved) }) : t('costs.fromCache.none')}
        {ended !== '' && <> · {ended}</>}
      </Card>
      <Card label={t('costs.images')} figure={format.number(total.images)}>
        {makers.length === 0 ? t('costs.images.none') : makers.length === 1 ? t('costs.images.all', { app: moduleName(t, makers[0]?.module ?? '') }) : makers.map(({ module, sum }) => t('costs.images.some', { count: sum.images, app: moduleName(t, module) })).join(', ')}
      </Card>
      <MonthCard report={report} limit={monthLimit} />
    </div>
  );
}

function Card({ label, figure, beside, children }: { label: string; figure: string; beside?: ReactNode; children: ReactNode }) {
  return (
    <section className={`at-card ${classes.card}`} aria-label={label}>
      <div className={classes.cardHead}>
        <span className="at-meta">{label}</span>
        {beside}
      </div>
      <div className={`at-carved ${classes.figure}`}>{figure}</div>
      <div className="at-meta">{children}</div>
    </section>
  );
}

const badges: Readonly<Partial<Record<Pace, { name: MessageKey; color: string; icon: Icon }>>> = {
  onPace: { name: 'costs.pace.onPace', color: 'leaf', icon: CheckIcon },
  overPace: { name: 'costs.pace.overPace', color: 'gold', icon: WarningIcon },
  reached: { name: 'costs.pace.reached', color: 'brick', icon: WarningIcon },
};

function MonthCard({ report: { month }, limit }: { report: CostReport; limit: Budget | undefined }) {
  const t = useT();
  const money = useMoney();
  const days = useDays();
  const pace = paceOf(month, limit?.amount);
  const name = days.month(month.start);
  const badge = badges[pace];
  return (
    <Card
      label={limit ? t('costs.month.of', { month: name, limit: money.one(limit.amount) }) : t('costs.month.soFar', { month: name })}
      figure={money.one(month.spent)}
      beside={
        badge && (
          <Badge color={badge.color} variant="light" leftSection={<badge.icon size={12} weight="bold" aria-hidden />}>
            {t(badge.name)}
          </Badge>
        )
      }
    >
      {limit ? (
        <Meter large share={shareOf(month.spent, limit.amount)} mark={shareOf(month.expected, limit.amount)} tone={pace === 'reached' ? 'over' : pace === 'overPace' ? 'near' : 'calm'} />
      ) : (
        t('costs.month.day', { day: month.day, days: month.days })
      )}
    </Card>
  );
}
