import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { houseQuery, meQuery } from '@/shared/session/queries';
import { queryClient } from '@/shared/http/queryClient';
import { awaitReady } from './awaitReady';
import { LoadingScreen } from './LoadingScreen';
import { Providers } from './Providers';
import { router } from './router';

/** The app, once the house can serve; a loading screen while it starts. */
export function App() {
  const [state, setState] = useState<'asking' | 'starting' | 'ready'>('asking');

  useEffect(() => {
    void awaitReady(() => setState('starting')).then(() => setState('ready'));
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
  queryClient.query({ ...houseQuery, retry: false }).catch(ignore);
  if (!beforeTheDoor.test(window.location.pathname)) queryClient.query({ ...meQuery, retry: false }).catch(ignore);
}
