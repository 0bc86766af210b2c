import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';
import { readCostsSearch } from './costs/range';

export const gatewaySettingsRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/general/api-provider',
      component: lazyRouteComponent(() => import('./ApiProviderPage'), 'ApiProviderPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/keys-for-programs',
      component: lazyRouteComponent(() => import('./programs/ProgramsPage'), 'ProgramsPage'),
    }),
  ] as const;

/** What is spent, beside the apps. */
export const costsRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/costs',
      validateSearch: readCostsSearch,
      component: lazyRouteComponent(() => import('./costs/CostsPage'), 'CostsPage'),
    }),
  ] as const;

/** The pages under Settings that are about the house's money; their data answers admins only. */
export const gatewayHouseRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/house/spending',
      component: lazyRouteComponent(() => import('./limits/HouseLimitsPage'), 'HouseLimitsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/house/prices',
      component: lazyRouteComponent(() => import('./prices/PricesPage'), 'PricesPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/house/provider-keys',
      component: lazyRouteComponent(() => import('./houseKeys/HouseKeysPage'), 'HouseKeysPage'),
    }),
  ] as const;
