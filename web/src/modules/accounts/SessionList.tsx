import { Badge, Button } from '@mantine/core';
import { DesktopIcon } from '@phosphor-icons/react/dist/csr/Desktop';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OpenSession } from '@/api/types';
import { http } from '@/shared/http/http';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { QueryState } from '@/shared/ui/QueryState';
import { SettingRow } from '@/shared/ui/SettingRow';
import { sessionsQuery } from './sessions';

/** Where the person is signed in; a session that they do not know is ended here at once. */
export function SessionList() {
  const t = useT();
  const format = useFormat();
  const text = useProblemText();
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: ({ id }: OpenSession) => http.delete(`/api/sessions/${id}`),
    onSuccess: (_nothing, { browser }) => notify(t('accounts.sessions.ended', { browser: browser || t('accounts.sessions.unknown') })),
    onError: (error) => notify(text(error), { kind: 'bad' }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });

  return (
    <QueryState query={sessions} opening={t('accounts.sessions.opening')} height={124}>
      {(items) => (
        <div className="at-card">
          {items.map((session) => (
            <SettingRow
              key={session.id}
              icon={<DesktopIcon size={18} aria-hidden />}
              title={session.browser || t('accounts.sessions.unknown')}
              text={t('accounts.sessions.seen', { when: format.ago(session.lastSeenAt), network: session.network })}
            >
              {session.current ? (
                <Badge color="leaf" size="lg">
                  {t('accounts.sessions.current')}
                </Badge>
              ) : (
                <Button variant="default" size="xs" loading={end.isPending && end.variables.id === session.id} onClick={() => end.mutate(session)}>
                  {t('accounts.sessions.end')}
                </Button>
              )}
            </SettingRow>
          ))}
        </div>
      )}
    </QueryState>
  );
}
