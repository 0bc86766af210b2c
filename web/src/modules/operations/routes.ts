import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';

/** The pages under Settings that are about the house; their data answers admins only. */
export const houseSettingsRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/house/connection',
      component: lazyRouteComponent(() => import('./ConnectionPage'), 'ConnectionPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/house/audit',
      component: lazyRouteComponent(() => import('./audit/AuditPage'), 'AuditPage'),
    }),
  ] as const;
