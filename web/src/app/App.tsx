import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { houseQuery, meQuery } from '@/shared/session/queries';
import { queryClient } from '@/shared/http/queryClient';
import { awaitReady, look } from './awaitReady';
import { LoadingScreen } from './LoadingScreen';
import { modules } from './modules';
import { Providers } from './Providers';
import { router } from './router';

let firstLook: Promise<Response> | undefined;

/** The app, once the house can serve; a loading screen while it starts. */
export function App() {
  const [state, setState] = useState<'asking' | 'starting' | 'ready'>('asking');

  useEffect(() => {
    void awaitReady(() => setState('starting'), firstLook).then(() => setState('ready'));
  }, []);

  return (
    <Providers>
      {state === 'starting' && <LoadingScreen />}
      {state === 'ready' && <RouterProvider router={router} />}
    </Providers>
  );
}

const beforeTheDoor = /^\/(sign-in|sign-up|setup|forgot|reset|offline)\/?$/;

/** What the first page needs is asked for beside `/ready`, not after it; whatever fails is asked again by its page. */
export function prefetch(): void {
  const ignore = () => undefined;
  const path = window.location.pathname;
  firstLook = look();
  firstLook.catch(ignore);
  queryClient.query({ ...houseQuery, retry: false }).catch(ignore);
  if (beforeTheDoor.test(path)) return;
  queryClient.query({ ...meQuery, retry: false }).catch(ignore);
  for (const module of modules) module.prefetch?.(path);
}
