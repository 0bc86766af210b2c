import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { House, Me, Preferences } from '@/api/types';
import { http } from '@/shared/http/http';

export const houseQuery = queryOptions({
  queryKey: ['house'],
  queryFn: ({ signal }) => http.get<House>('/api/house', signal),
  staleTime: 60_000,
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => http.get<Me>('/api/me', signal),
  staleTime: Infinity,
});

export const useHouse = (): House => useSuspenseQuery(houseQuery).data;

/** The person signed in; only below the shell's route, which has loaded it. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Saves some preferences; they hold at once, and go back if the server refuses. */
export function useSavePreferences() {
  const client = useQueryClient();
  const set = (preferences: Partial<Preferences>) =>
    client.setQueryData(meQuery.queryKey, (me) => me && { ...me, preferences: { ...me.preferences, ...preferences } });
  return useMutation({
    mutationFn: (change: Partial<Preferences>) => http.patch<Preferences>('/api/me/preferences', change),
    onMutate: (change) => {
      const before = client.getQueryData(meQuery.queryKey)?.preferences;
      set(change);
      return before;
    },
    onError: (_problem, _change, before) => before && set(before),
    onSuccess: (saved) => set(saved),
  });
}
