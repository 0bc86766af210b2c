import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { HouseRules, Limits, NewPeople, RegistrationMode } from '@/api/types';
import { http } from '@/shared/http/http';
import { houseQuery } from '@/shared/session/queries';
import { noticesQuery } from '@/shared/session/notices';

const path = '/api/admin/house';

export const rulesQuery = queryOptions({
  queryKey: ['house', 'rules'],
  queryFn: ({ signal }) => http.get<HouseRules>(path, signal),
});

export const limitsQuery = queryOptions({
  queryKey: ['house', 'limits'],
  queryFn: ({ signal }) => http.get<Limits>('/api/admin/limits', signal),
});

export interface NewAnnouncement {
  text: string;
  tone: 'info' | 'warning';
  /** Absent: until it is taken down. */
  until?: string;
}

/** One of the changes that only an admin makes; afterwards everything that shows it is asked again. */
function useRule<T>(change: (value: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all([rulesQuery, houseQuery, noticesQuery].map(({ queryKey }) => client.invalidateQueries({ queryKey, exact: true }))),
  });
}

export const useSetRegistration = () => useRule((mode: RegistrationMode) => http.put(`${path}/registration`, { mode }));
export const useSetNewPeople = () => useRule((newPeople: NewPeople) => http.put(`${path}/new-people`, newPeople));
export const useAnnounce = () => useRule((announcement: NewAnnouncement | null) => (announcement === null ? http.delete(`${path}/announcement`) : http.put(`${path}/announcement`, announcement)));
export const useSetReadOnly = () => useRule((reason: string | null) => (reason === null ? http.delete(`${path}/read-only`) : http.put(`${path}/read-only`, reason === '' ? {} : { reason })));
