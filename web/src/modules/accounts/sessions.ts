import { queryOptions } from '@tanstack/react-query';
import type { OpenSession } from '@/api/types';
import { http } from '@/shared/http/http';

/** Where the person is signed in, the most recently seen first. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await http.get<{ items: OpenSession[] }>('/api/sessions', signal)).items,
});
