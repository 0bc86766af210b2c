import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Fallback, Provider, ProviderKey } from '@/api/types';
import { http } from '@/shared/http/http';

const path = '/api/user/ai-fallbacks';

/** As many as the house takes. */
export const mostFallbacks = 10;

export const fallbacksQuery = queryOptions({
  queryKey: ['fallbacks'],
  queryFn: async ({ signal }) => (await http.get<{ items: Fallback[] }>(path, signal)).items,
});

/** Saves the whole list; it holds at once, and goes back if the house refuses. */
export function useSetFallbacks() {
  const client = useQueryClient();
  const { queryKey } = fallbacksQuery;
  return useMutation({
    mutationKey: queryKey,
    mutationFn: async (items: Fallback[]) => (await http.put<{ items: Fallback[] }>(path, { items })).items,
    // The next change waits for this one: of two that are under way the older could arrive last.
    scope: { id: path },
    onMutate: async (items) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      client.setQueryData(queryKey, items);
      return before;
    },
    onError: (_problem, _items, before) => client.setQueryData(queryKey, before),
    // A list that was asked for in between (the window was looked at again) may be older than what was saved.
    onSettled: () => (client.isMutating({ mutationKey: queryKey }) === 1 ? client.invalidateQueries({ queryKey }) : undefined),
  });
}

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const left = items.filter((_, index) => index !== from);
  return [...left.slice(0, to), ...items.slice(from, from + 1), ...left.slice(to)];
}

const canPay = (key: ProviderKey, provider: Provider) => key.provider === provider.id && key.enabled && !key.needsSecret;

/** Whether a provider could answer with what the person has: a key in use, or none where none is needed. */
export const isReachable = (provider: Provider | undefined, keys: readonly ProviderKey[], keyId?: string | null): boolean =>
  provider !== undefined && provider.usable && ((keyId == null && !provider.needsKey) || keys.some((key) => canPay(key, provider) && (keyId == null || key.id === keyId)));

/** Who can be put on the list; Offline Lite is always its end. */
export const candidates = (providers: readonly Provider[], keys: readonly ProviderKey[]): Provider[] => providers.filter((provider) => provider.id !== 'offline' && isReachable(provider, keys));
