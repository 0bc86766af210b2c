import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';

export const gatewaySettingsRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/general/api-provider',
      component: lazyRouteComponent(() => import('./ApiProviderPage'), 'ApiProviderPage'),
    }),
  ] as const;
