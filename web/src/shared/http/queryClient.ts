import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

/** All that came from the server, once for the whole app. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});
