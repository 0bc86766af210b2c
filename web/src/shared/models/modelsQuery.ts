import { queryOptions } from '@tanstack/react-query';
import type { ModelList } from '@/api/types';
import { http } from '@/shared/http/http';

/** The models that can be reached now, and the providers that could not be asked. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => http.get<ModelList>('/api/models', signal),
  staleTime: 60_000,
});
