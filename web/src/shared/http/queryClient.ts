import { MutationCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

// Without an answer the connection banner tries again, for all at once.
const mayPass = (error: Error) => !(error instanceof Problem) || error.status >= 500;

/** All that came from the server, once for the whole app. */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error) => {
      // Changes were stopped since the notices were read: the banner says why.
      if (error instanceof Problem && error.code === 'read-only') void queryClient.invalidateQueries({ queryKey: ['notices'] });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && mayPass(error),
      // A browser that thinks it is offline may still reach a house in the same building.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
