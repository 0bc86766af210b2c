import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { accountHouseRoutes, accountSettingsRoutes, entryRoutes } from '@/modules/accounts/routes';
import { assistantRoutes, assistantSettingsRoutes } from '@/modules/assistant/routes';
import { costsRoutes, gatewayHouseRoutes, gatewaySettingsRoutes } from '@/modules/gateway/routes';
import { houseSettingsRoutes } from '@/modules/operations/routes';
import { Problem } from '@/shared/http/problem';
import { queryClient } from '@/shared/http/queryClient';
import { setLocale } from '@/shared/i18n/language';
import { readLastPlace } from '@/shared/session/lastPlace';
import { meQuery } from '@/shared/session/queries';
import { NotHere } from './NotHere';
import { OfflinePage } from './OfflinePage';
import { RootFrame } from './RootFrame';
import { RouteProblem } from './RouteProblem';
import { Shell } from './shell/Shell';

const root = createRootRoute({ component: RootFrame, notFoundComponent: NotHere });

/** Everything behind the door: loads who is there, or goes to the sign-in page and remembers the address. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'house',
  component: Shell,
  notFoundComponent: NotHere,
  beforeLoad: async ({ location }) => {
    try {
      const { preferences } = await queryClient.query({ ...meQuery, staleTime: 'static' });
      await setLocale(preferences.locale);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: readLastPlace() ?? '/assistant' });
  },
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/SettingsFrame'), 'SettingsFrame'),
});

const keyboard = createRoute({
  getParentRoute: () => settings,
  path: '/keyboard',
  component: lazyRouteComponent(() => import('./settings/KeyboardPage'), 'KeyboardPage'),
});

const offline = createRoute({ getParentRoute: () => root, path: '/offline', component: OfflinePage });

const tree = root.addChildren([
  offline,
  ...entryRoutes(root),
  shell.addChildren([
    home,
    ...assistantRoutes(shell),
    ...costsRoutes(shell),
    settings.addChildren([keyboard, ...accountSettingsRoutes(settings), ...gatewaySettingsRoutes(settings), ...assistantSettingsRoutes(settings), ...accountHouseRoutes(settings), ...gatewayHouseRoutes(settings), ...houseSettingsRoutes(settings)]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultErrorComponent: RouteProblem,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
