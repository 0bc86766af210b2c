import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { HouseKey, HouseKeyList } from '@/api/money';
import type { Connection } from '@/modules/gateway/queries';
import { http } from '@/shared/http/http';

const path = '/api/admin/provider-keys';

export const houseKeysQuery = queryOptions({
  queryKey: ['house', 'provider-keys'],
  queryFn: ({ signal }) => http.get<HouseKeyList>(path, signal),
});

export interface NewHouseKey extends Connection {
  provider: string;
  audience: string;
  /** A setting whose key is taken over, in place of one that is typed. */
  setting?: string;
}

/** A change of the house's keys: afterwards also who may be asked is another. */
function useHouseKeys<T, R>(change: (value: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => Promise.all([houseKeysQuery.queryKey, ['providers'], ['models']].map((queryKey) => client.invalidateQueries({ queryKey }))) });
}

export const useAddHouseKey = () => useHouseKeys((key: NewHouseKey) => http.post<HouseKey>(path, key));
export const useChangeHouseKey = () => useHouseKeys(({ id, ...change }: { id: string } & Partial<Pick<HouseKey, 'name' | 'enabled' | 'audience'>>) => http.put<HouseKey>(`${path}/${id}`, change));
export const useReplaceHouseKey = () => useHouseKeys(({ id, ...secrets }: { id: string; apiKey?: string; settings?: Record<string, string> }) => http.put<HouseKey>(`${path}/${id}/secret`, secrets));
export const useDeleteHouseKey = () => useHouseKeys((id: string) => http.delete(`${path}/${id}`));

const group = 'group:';
export const groupIn = (audience: string): string | undefined => (audience.startsWith(group) ? audience.slice(group.length) : undefined);
export const audienceOf = (groupId: string | undefined): string => (groupId === undefined ? 'everyone' : group + groupId);
