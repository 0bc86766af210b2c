import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '@/shared/http/http';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { sessionsQuery } from './sessions';

/** Ends every session of the person but this one: for a lost phone, or a name that is not known. */
export function EndOthers() {
  const t = useT();
  const text = useProblemText();
  const client = useQueryClient();
  const others = useQuery(sessionsQuery).data?.filter(({ current }) => !current).length ?? 0;
  const end = useMutation({
    mutationFn: () => http.delete('/api/sessions'),
    onSuccess: () => notify(t('accounts.sessions.othersEnded')),
    onError: (error) => notify(text(error), { kind: 'bad' }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  if (others === 0) return null;
  return (
    <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate()}>
      {t('accounts.sessions.endOthers', { count: others })}
    </Button>
  );
}
