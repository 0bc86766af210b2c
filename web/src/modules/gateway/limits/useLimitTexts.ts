import { useQuery } from '@tanstack/react-query';
import type { Budget } from '@/api/money';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useMoney } from '@/shared/money/useMoney';
import { moduleName } from '@/modules/gateway/costs/names';
import { programKeysQuery } from '@/modules/gateway/programs/queries';
import type { LimitScope } from './queries';

/** What a limit is about, what is left of it and what happens then, in words: for whom it holds, or for the admin who sets it. */
export function useLimitTexts(scope: LimitScope) {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const { data: keys } = useQuery(programKeysQuery);

  const whom = ({ owner, ownerName }: Budget): string => {
    if (owner === 'everyone') return t('limits.whom.everyone');
    if (owner.startsWith('group:')) return t('limits.whom.group', { name: ownerName ?? '' });
    if (scope === 'own') return t('limits.whom.you');
    return owner === 'each' ? t('limits.whom.each') : (ownerName ?? t('costs.person.gone'));
  };

  const subjectOf = ({ kind, subject = '' }: Budget): string | undefined => {
    switch (kind) {
      case 'all':
        return undefined;
      case 'module':
        return moduleName(t, subject);
      case 'key':
        return t('limits.what.key', { name: keys?.find(({ id }) => id === subject)?.name ?? t('costs.key.gone') });
      case 'house-key':
        return t('limits.what.houseKey');
      case 'model':
        return subject;
    }
  };

  /** One's own limit on one thing is named by the thing alone. */
  const what = (budget: Budget): string => {
    const subject = subjectOf(budget);
    if (subject === undefined) return whom(budget);
    return scope === 'own' && whom(budget) === t('limits.whom.you') ? subject : t('limits.what.of', { whom: whom(budget), what: subject });
  };

  const amount = (budget: Budget, value: string): string => (budget.unit === 'dollars' ? money.one(value) : t(budget.unit === 'tokens' ? 'limits.tokens' : 'limits.messages', { count: Number(value), amount: format.number(Number(value)) }));

  /** Who sets a limit for each person sees no sum: everybody has one of their own. */
  const counts = ({ owner }: Budget) => scope === 'own' || owner !== 'each';

  return {
    counts,
    /** "You, each day". */
    name: (budget: Budget) => t(budget.period === 'day' ? 'limits.name.day' : 'limits.name.month', { what: what(budget) }),
    /** "$0.41 of $2.00". */
    used: (budget: Budget) => {
      if (!counts(budget)) return t('limits.each', { limit: amount(budget, budget.amount) });
      if (budget.unit !== 'dollars') return t('limits.used', { spent: format.number(Number(budget.spent)), limit: amount(budget, budget.amount) });
      const { used, limit } = money.used(budget.spent, budget.amount);
      return t('limits.used', { spent: used, limit });
    },
    /** What happens, and since or until when. */
    state: (budget: Budget): string => {
      const when = format.dateTime(budget.resetsAt);
      if (budget.state === 'reached') return t('limits.state.reached', { when });
      return budget.state === 'alert' ? t('limits.state.alert', { percent: budget.alertPercent, when }) : t('limits.state.ok');
    },
    held: (budget: Budget): string | undefined => (Number(budget.held) > 0 ? t('limits.held', { amount: amount(budget, budget.held) }) : undefined),
  };
}
