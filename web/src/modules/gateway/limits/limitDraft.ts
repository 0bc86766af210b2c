import type { Budget, BudgetKind, BudgetPeriod, BudgetTerms, BudgetUnit } from '@/api/money';
import { termsOf } from './queries';

/** For whom an admin sets a limit. */
export const audiences = ['everyone', 'each', 'group', 'person'] as const;
export type Audience = (typeof audiences)[number];

/** A limit while it is typed. */
export interface LimitDraft {
  kind: BudgetKind;
  subject: string;
  period: BudgetPeriod;
  unit: BudgetUnit;
  amount: string;
  alertPercent: number;
  audience: Audience;
  /** Id of the group or person. */
  who: string;
}

export type LimitField = 'subject' | 'amount' | 'who';

export const newLimit: LimitDraft = { kind: 'all', subject: '', period: 'day', unit: 'dollars', amount: '', alertPercent: 80, audience: 'everyone', who: '' };

const group = 'group:';
const mostDollars = 1_000_000;
const mostCount = 1_000_000_000_000;

export function draftOf(budget: Budget): LimitDraft {
  const terms = termsOf(budget);
  const { owner } = budget;
  const audience: Audience = owner === 'everyone' || owner === 'each' ? owner : owner.startsWith(group) ? 'group' : 'person';
  return { ...newLimit, ...terms, subject: terms.subject ?? '', audience, who: audience === 'group' ? owner.slice(group.length) : audience === 'person' ? owner : '' };
}

/** People type 2,50 as well as 2.50; a thousands mark beside a decimal one is not guessed at. */
export const plainAmount = (typed: string): string => typed.trim().replace(/^\$\s*/, '').replace(/^(\d+),(\d{1,2})$/, '$1.$2');

export function isAmount(typed: string, unit: BudgetUnit): boolean {
  const amount = plainAmount(typed);
  if (unit !== 'dollars') return /^\d{1,13}$/.test(amount) && Number(amount) > 0 && Number(amount) <= mostCount;
  return /^\d{1,7}(\.\d{1,12})?$/.test(amount) && Number(amount) > 0 && Number(amount) <= mostDollars;
}

/** What is missing or wrong, before anything is sent. */
export function wrongFields({ kind, subject, unit, amount, audience, who }: LimitDraft, isHouse: boolean): LimitField[] {
  return [
    ...(isHouse && (audience === 'group' || audience === 'person') && who === '' ? (['who'] as const) : []),
    ...(kind !== 'all' && subject.trim() === '' ? (['subject'] as const) : []),
    ...(isAmount(amount, unit) ? [] : (['amount'] as const)),
  ];
}

export function toTerms({ kind, subject, period, unit, amount, alertPercent, audience, who }: LimitDraft, isHouse: boolean): BudgetTerms {
  const owner = audience === 'group' ? group + who : audience === 'person' ? who : audience;
  return { kind, ...(kind !== 'all' && { subject: subject.trim() }), period, unit, amount: plainAmount(amount), alertPercent, ...(isHouse && { owner }) };
}
