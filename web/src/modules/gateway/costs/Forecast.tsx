import type { Budget, CostReport } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { useMoney } from '@/shared/money/useMoney';
import classes from './Costs.module.css';
import { paceOf } from './pace';
import { addDays } from './range';
import { useDays } from './useDays';

/** Where the month leads at its pace, and whose figures these are. */
export function Forecast({ report: { month }, monthLimit }: { report: CostReport; monthLimit: Budget | undefined }) {
  const t = useT();
  const money = useMoney();
  const days = useDays();
  const pace = paceOf(month, monthLimit?.amount);
  const values = { month: days.month(month.start), last: days.day(addDays(month.start, month.days - 1)), expected: money.one(month.expected), limit: money.one(monthLimit?.amount ?? '0') };
  return (
    <p className={classes.forecast}>
      {t(`costs.forecast.${pace}`, values)} {t('costs.bill')}
    </p>
  );
}
