import { onSignedOut } from '@/shared/http/http';
import { queryClient } from '@/shared/http/queryClient';
import { meQuery } from '@/shared/session/queries';
import { router } from './router';

/** When a session ends under way, shows the sign-in page and keeps the address to come back to. */
export function signOutWhenRefused(): void {
  onSignedOut(() => {
    if (queryClient.getQueryData(meQuery.queryKey) === undefined) return;
    const { href } = router.state.location;
    queryClient.removeQueries({ queryKey: meQuery.queryKey });
    void router.navigate({ to: '/sign-in', search: { to: href } }).then(() => queryClient.clear());
  });
}
