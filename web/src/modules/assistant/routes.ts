import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';
import { AssistantPage } from './AssistantPage';
import { panes, type Pane } from './pane/panes';

interface AssistantSearch {
  /** A message to open at. */
  at?: string;
  /** What stands beside the talk. */
  pane?: Pane | undefined;
  /** A new conversation, on phones where the address alone shows the list. */
  new?: true;
}

function validateSearch(search: Record<string, unknown>): AssistantSearch {
  const pane = panes.find((one) => one === search['pane']);
  return {
    ...(typeof search['at'] === 'string' && { at: search['at'] }),
    ...(pane && { pane }),
    ...(search['new'] === true && { new: true as const }),
  };
}

/** `/assistant` is a new conversation (on phones the list), `/assistant/{id}` an old one. Most visits open it, so it comes with the app. */
export const assistantRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/assistant',
      validateSearch,
      component: AssistantPage,
    }),
    createRoute({
      getParentRoute: () => parent,
      path: '/assistant/$conversationId',
      validateSearch,
      component: AssistantPage,
    }),
  ] as const;

/** The page under Settings that is about a person's conversations. */
export const assistantSettingsRoutes = <Parent extends AnyRoute>(parent: Parent) =>
  [
    createRoute({
      getParentRoute: () => parent,
      path: '/your-data',
      component: lazyRouteComponent(() => import('./data/DataPage'), 'DataPage'),
    }),
  ] as const;
