import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CacheState, CostCall, CostReport } from '@/api/money';
import { http } from '@/shared/http/http';
import { pagesQuery, searchOf } from '@/shared/http/pages';
import type { Range } from './range';

/** Whose costs: one's own, or for admins everybody's or one person's. */
export interface Scope {
  everybody: boolean;
  personId?: string | undefined;
}

const root = (scope: Scope) => (scope.everybody ? '/api/costs/admin' : '/api/costs');
const asked = (scope: Scope, { from, to }: Range) => searchOf({ from, to, personId: scope.everybody ? scope.personId : undefined });

// Everything about money is asked again once an answer is finished: its keys begin alike.
export const reportQuery = (scope: Scope, range: Range) =>
  queryOptions({
    queryKey: ['costs', 'report', scope, range],
    queryFn: ({ signal }) => http.get<CostReport>(`${root(scope)}/report?${asked(scope, range)}`, signal),
    placeholderData: keepPreviousData,
  });

/** An address that downloads every call of these days. */
export const exportAddress = (scope: Scope, range: Range): string => `${root(scope)}/export?${asked(scope, range)}`;

/** An address that downloads what each person used in a month, for billing. */
export const statementAddress = (month: string): string => `/api/costs/admin/statement?${searchOf({ month })}`;

export const callsQuery = ({ from, to }: Range) => pagesQuery<CostCall>(['costs', 'calls', from, to], '/api/costs/calls', { from, to, limit: '25' });

export const cacheQuery = queryOptions({
  queryKey: ['costs', 'cache'],
  queryFn: ({ signal }) => http.get<CacheState>('/api/costs/cache', signal),
});

export function useSetCache() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Pick<CacheState, 'enabled' | 'hours'>) => http.put<CacheState>('/api/costs/cache', change),
    onSettled: () => client.invalidateQueries({ queryKey: cacheQuery.queryKey }),
  });
}

export function useEmptyCache() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => http.delete('/api/costs/cache'), onSettled: () => client.invalidateQueries({ queryKey: cacheQuery.queryKey }) });
}
