import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Session } from '@/api/types';
import { setLocale } from '@/shared/i18n/language';
import { houseQuery, meQuery } from '@/shared/session/queries';

/** Goes in with a fresh session; the cookie is already set, so its tokens are not kept anywhere. */
export function useEnter(): (session: Session, to?: string) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async ({ user }, to = '/') => {
    client.setQueryData(meQuery.queryKey, user);
    await setLocale(user.preferences.locale);
    await client.invalidateQueries({ queryKey: houseQuery.queryKey, refetchType: 'none' });
    await navigate({ href: to });
  };
}
