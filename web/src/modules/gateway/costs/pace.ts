import type { Budget, CostMonth, Dollars } from '@/api/money';
import { toPico } from '@/shared/money/amounts';

export type Pace = 'free' | 'calm' | 'onPace' | 'overPace' | 'reached';

/** How a month goes: against its limit, or without one only whether anything was spent. */
export function paceOf({ spent, expected }: Pick<CostMonth, 'spent' | 'expected'>, limit: Dollars | undefined): Pace {
  if (limit === undefined) return toPico(expected) === 0n ? 'free' : 'calm';
  if (toPico(spent) >= toPico(limit)) return 'reached';
  return toPico(expected) > toPico(limit) ? 'overPace' : 'onPace';
}

/** The limit that holds a person first: the smallest one on all their money of a day or a month. */
export const tightest = (budgets: readonly Budget[], period: Budget['period'], owners: (owner: string) => boolean): Budget | undefined =>
  budgets
    .filter((budget) => budget.kind === 'all' && budget.unit === 'dollars' && budget.period === period && owners(budget.owner))
    .sort((a, b) => (toPico(a.amount) < toPico(b.amount) ? -1 : 1))[0];

/** A change against the days before, in whole percent; nothing where there is nothing to compare with. */
export function changeOf(now: Dollars, before: Dollars): number | undefined {
  const past = toPico(before);
  if (past <= 0n) return undefined;
  return Number(((toPico(now) - past) * 100n) / past);
}
