import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { DefaultModel, Provider, ProviderChoice, ProviderKey, ProviderTest } from '@/api/types';
import { http } from '@/shared/http/http';
import { modelsQuery } from '@/shared/models/modelsQuery';

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  // Where the house has a key for this person, they need none of their own.
  queryFn: async ({ signal }) => (await http.get<{ items: Provider[] }>('/api/providers', signal)).items.map((provider) => (provider.sharedKey === true ? { ...provider, needsKey: false } : provider)),
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

/** What a person says about one provider; a key goes in and never comes out. */
export interface Connection {
  apiKey?: string;
  name?: string;
  baseUrl?: string;
  settings?: Record<string, string>;
}

export interface NewChoice extends Connection {
  provider: string;
  /** One of the stored keys. */
  keyId?: string;
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

/** Puts a new secret into a key: whatever uses the key goes on with it, and the old secret is destroyed. */
export function useReplaceKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...secrets }: { id: string; apiKey?: string; settings?: Record<string, string> }) => http.put<ProviderKey>(`/api/provider-keys/${id}/secret`, secrets),
    onSettled: () => forget(client),
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

export const defaultModelsQuery = queryOptions({
  queryKey: ['default-models'],
  queryFn: async ({ signal }) => (await http.get<{ items: DefaultModel[] }>('/api/user/default-models', signal)).items,
});

export function useSetDefaultModel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ use, model }: DefaultModel) => http.put<DefaultModel>(`/api/user/default-models/${use}`, { model }),
    onSuccess: (saved) => client.setQueryData(defaultModelsQuery.queryKey, (items) => items?.map((item) => (item.use === saved.use ? saved : item))),
  });
}
