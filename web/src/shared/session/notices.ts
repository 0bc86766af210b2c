import { queryOptions } from '@tanstack/react-query';
import type { Notices } from '@/api/types';
import { http } from '@/shared/http/http';

/** What the admins tell everybody, and whether anything can be changed at the moment. */
export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => http.get<Notices>('/api/notices', signal),
  refetchInterval: 60_000,
  // Whoever comes back to the page reads what is true now.
  staleTime: 0,
  retry: false,
});
