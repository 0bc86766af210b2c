import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { ModelList, Provider, ProviderChoice, ProviderKey, ProviderTest } from '@/api/types';
import { http } from '@/shared/http/http';

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: async ({ signal }) => (await http.get<{ items: Provider[] }>('/api/providers', signal)).items,
  staleTime: 10 * 60_000,
});

export const choiceQuery = queryOptions({
  queryKey: ['provider-choice'],
  queryFn: ({ signal }) => http.get<ProviderChoice>('/api/user/ai-provider', signal),
});

export const keysQuery = queryOptions({
  queryKey: ['provider-keys'],
  queryFn: async ({ signal }) => (await http.get<{ items: ProviderKey[] }>('/api/provider-keys', signal)).items,
});

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => http.get<ModelList>('/api/models', signal),
});

/** What a person says about one provider; a key goes in and never comes out. */
export interface Connection {
  apiKey?: string;
  name?: string;
  baseUrl?: string;
  settings?: Record<string, string>;
}

export interface NewChoice extends Connection {
  provider: string;
  model?: string;
}

function forget(client: QueryClient): Promise<unknown> {
  return Promise.all([choiceQuery, keysQuery, modelsQuery].map(({ queryKey }) => client.invalidateQueries({ queryKey })));
}

export function useChooseProvider() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: NewChoice) => http.put<ProviderChoice>('/api/user/ai-provider', choice),
    onSuccess: async (choice) => {
      client.setQueryData(choiceQuery.queryKey, choice);
      await forget(client);
    },
  });
}

export function useAddKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: Connection & { provider: string }) => http.post<ProviderKey>('/api/provider-keys', key),
    onSuccess: () => forget(client),
  });
}

export function useTestProvider() {
  return useMutation({
    mutationFn: ({ provider, ...connection }: Connection & { provider: string; keyId?: string }) =>
      http.post<ProviderTest>(`/api/providers/${provider}/test`, connection),
  });
}

export function useChangeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: { id: string; name?: string; enabled?: boolean }) => http.patch<ProviderKey>(`/api/provider-keys/${id}`, change),
    onSettled: () => forget(client),
  });
}

export function useDeleteKey() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (id: string) => http.delete(`/api/provider-keys/${id}`), onSettled: () => forget(client) });
}
