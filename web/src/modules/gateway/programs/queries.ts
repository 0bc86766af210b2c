import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiKey, NewApiKey } from '@/api/money';
import { http } from '@/shared/http/http';

const path = '/api/keys';

export const programKeysQuery = queryOptions({
  queryKey: ['program-keys'],
  queryFn: async ({ signal }) => (await http.get<{ items: ApiKey[] }>(path, signal)).items,
});

/** Makes a key; the answer has its secret, this once. */
export function useMakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: NewApiKey) => http.post<{ id: string; key: string; item: ApiKey }>(path, key),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: programKeysQuery.queryKey }), client.invalidateQueries({ queryKey: ['costs'] })]),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (id: string) => http.delete(`${path}/${id}`), onSettled: () => client.invalidateQueries({ queryKey: programKeysQuery.queryKey }) });
}

/** Revoked keys stay in the list, since costs name them; expired ones can no longer do anything either. */
export const stateOf = ({ revokedAt, expiresAt, exposedAt }: ApiKey, now = Date.now()): 'revoked' | 'expired' | 'exposed' | 'live' =>
  revokedAt !== undefined ? 'revoked' : expiresAt !== undefined && Date.parse(expiresAt) <= now ? 'expired' : exposedAt !== undefined ? 'exposed' : 'live';
