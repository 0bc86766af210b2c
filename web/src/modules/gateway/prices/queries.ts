import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CostReport, NewPrice, Price } from '@/api/money';
import { http } from '@/shared/http/http';
import { pagesQuery } from '@/shared/http/pages';
import { unpricedOf } from '@/modules/gateway/costs/rows';

const path = '/api/admin/prices';
const all = ['prices'] as const;

/** What models cost, or those whose provider or name contains a text. */
export const pricesQuery = (search: string) => pagesQuery<Price>([...all, search], '/api/prices', { search });

/** The models that were asked in the last 30 days without anybody knowing what they cost. */
export const unpricedQuery = queryOptions({
  queryKey: ['costs', 'unpriced'],
  queryFn: async ({ signal }) => unpricedOf(await http.get<CostReport>('/api/costs/admin/report', signal)),
});

function useChange<T, R>(change: (value: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => Promise.all([client.invalidateQueries({ queryKey: all }), client.invalidateQueries({ queryKey: ['costs'] }), client.invalidateQueries({ queryKey: ['models'] })]) });
}

export const useSetPrice = () => useChange((price: NewPrice) => http.put<Price>(path, price));
export const useDropPrice = () => useChange((id: string) => http.delete(`${path}/${id}`));

/** What a price was, so that it can be set again. */
export function priceOf({ provider, model, from, input, output, cached, cacheWrite, reasoning, image, request, longContext }: Price): NewPrice {
  const rates = { from, input, output, cached, cacheWrite, reasoning, image, request, longContext };
  return { provider, model, ...Object.fromEntries(Object.entries(rates).filter(([, value]) => value !== undefined)) };
}
