import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Budget, BudgetTerms } from '@/api/money';
import { http } from '@/shared/http/http';

/** Whose limits: one's own, with those that were set for one, or those an admin sets for others. */
export type LimitScope = 'own' | 'house';

const paths: Readonly<Record<LimitScope, string>> = { own: '/api/budgets', house: '/api/admin/budgets' };

export const limitsQuery = (scope: LimitScope) =>
  queryOptions({
    queryKey: ['costs', 'limits', scope],
    queryFn: async ({ signal }) => (await http.get<{ items: Budget[] }>(paths[scope], signal)).items,
  });

export function useSetLimit(scope: LimitScope) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (terms: BudgetTerms) => http.put<Budget>(paths[scope], terms),
    onSettled: () => client.invalidateQueries({ queryKey: ['costs'] }),
  });
}

export function useRemoveLimit(scope: LimitScope) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.delete(`${paths[scope]}/${id}`),
    onSuccess: (_, id) => client.setQueryData(limitsQuery(scope).queryKey, (items) => items?.filter((item) => item.id !== id)),
    onSettled: () => client.invalidateQueries({ queryKey: ['costs'] }),
  });
}

/** What a limit was, so that it can be set again. */
export const termsOf = ({ kind, subject, period, unit, amount, alertPercent, owner, setBy }: Budget): BudgetTerms => ({
  kind,
  ...(subject !== undefined && { subject }),
  period,
  unit,
  amount,
  alertPercent,
  ...(setBy === 'admin' && { owner }),
});
