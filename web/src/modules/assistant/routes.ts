import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';

interface AssistantSearch {
  /** A message to open at. */
  at?: string;
  /** What stands beside the talk. */
  pane?: 'sources' | 'details' | 'map' | 'settings' | undefined;
  /** A new conversation, on phones where the address alone shows the list. */
  new?: true;
}

const isPane = (value: unknown): value is NonNullable<AssistantSearch['pane']> => value === 'sources' || value === 'details' || value === 'map' || value === 'settings';

function validateSearch(search: Record<string, unknown>): AssistantSearch {
  return {
    ...(typeof search['at'] === 'string' && { at: search['at'] }),
    ...(isPane(search['pane']) && { pane: search['pane'] }),
    ...(search['new'] === true && { new: true as const }),
  };
}

/** `/assistant` is a new conversation (on phones the list), `/assistant/{id}` an old one. */
export const assistantRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/assistant',
      validateSearch,
      component: lazyRouteComponent(() => import('./AssistantPage'), 'AssistantPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/assistant/$conversationId',
      validateSearch,
      component: lazyRouteComponent(() => import('./AssistantPage'), 'AssistantPage'),
    }),
  ] as const;
