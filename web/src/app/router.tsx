import { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { assistantRoutes } from '@/modules/assistant/routes';
import { Problem } from '@/shared/http/problem';
import { meQuery } from '@/shared/session/queries';
import { setLocale } from '@/shared/i18n/language';
import { NotHere } from './NotHere';
import { RootFrame } from './RootFrame';
import { RouteProblem } from './RouteProblem';
import { Shell } from './shell/Shell';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: RootFrame, notFoundComponent: NotHere });

/** Everything behind the door: loads who is there, or goes to the sign-in page and remembers the address. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'house',
  component: Shell,
  notFoundComponent: NotHere,
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queryClient.query({ ...meQuery, staleTime: 'static' });
      await setLocale(me.preferences.locale);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) throw redirect({ to: '/sign-in', search: { to: location.href } });
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/assistant' });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => ({ ...(typeof search.to === 'string' && { to: search.to }) }) });

const tree = root.addChildren([signIn, shell.addChildren([home, ...assistantRoutes(shell)])]);

export const router = createRouter({
  routeTree: tree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultErrorComponent: RouteProblem,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
