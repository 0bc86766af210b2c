import { createRoute, lazyRouteComponent, redirect, type AnyRoute } from '@tanstack/react-router';
import { queryClient } from '@/shared/http/queryClient';
import { houseQuery } from '@/shared/session/queries';
import { innerAddress } from './innerAddress';

const house = () => queryClient.query({ ...houseQuery, staleTime: 'static' });

/** The pages in front of the door. */
export const entryRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/setup',
      loader: house,
      component: lazyRouteComponent(() => import('./SetupPage'), 'SetupPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/sign-in',
      // Named even when there is none: the router keeps a parameter of the address that nobody validates.
      validateSearch: (search: Record<string, unknown>): { to?: string | undefined } => ({ to: innerAddress(search.to) }),
      loader: async () => {
        if ((await house()).setupNeeded) throw redirect({ to: '/setup' });
      },
      component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/sign-up',
      loader: async () => {
        if ((await house()).setupNeeded) throw redirect({ to: '/setup' });
      },
      component: lazyRouteComponent(() => import('./SignUpPage'), 'SignUpPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/forgot',
      loader: house,
      component: lazyRouteComponent(() => import('./ForgotPage'), 'ForgotPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/reset',
      loader: house,
      component: lazyRouteComponent(() => import('./ForgotPage'), 'ForgotPage'),
    }),
  ] as const;

/** The pages under Settings that are about the person. */
export const accountSettingsRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/general/appearance',
      component: lazyRouteComponent(() => import('./AppearancePage'), 'AppearancePage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/general/language',
      component: lazyRouteComponent(() => import('./LanguagePage'), 'LanguagePage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/profile',
      component: lazyRouteComponent(() => import('./profile/ProfilePage'), 'ProfilePage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/sign-in-and-devices',
      component: lazyRouteComponent(() => import('./DevicesPage'), 'DevicesPage'),
    }),
  ] as const;

/** The pages under Settings that are about who lives here; their data answers admins only. */
export const accountHouseRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/house/people',
      component: lazyRouteComponent(() => import('./people/PeoplePage'), 'PeoplePage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/house/registration',
      component: lazyRouteComponent(() => import('./invitations/RegistrationPage'), 'RegistrationPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/house/groups',
      component: lazyRouteComponent(() => import('./groups/GroupsPage'), 'GroupsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/house/notices',
      component: lazyRouteComponent(() => import('./house/NoticesPage'), 'NoticesPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/house/limits',
      component: lazyRouteComponent(() => import('./house/LimitsPage'), 'LimitsPage'),
    }),
  ] as const;
