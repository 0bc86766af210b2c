import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';

interface AssistantSearch {
  /** A message to open at. */
  at?: string;
  pane?: 'details' | 'settings';
}

function validateSearch(search: Record<string, unknown>): AssistantSearch {
  return {
    ...(typeof search.at === 'string' && { at: search.at }),
    ...((search.pane === 'details' || search.pane === 'settings') && { pane: search.pane }),
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
