import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Status } from '@/api/types';
import { useConnection } from '@/shared/http/connection';
import { http } from '@/shared/http/http';
import { useT } from '@/shared/i18n/language';
import { modelsQuery } from '@/shared/models/modelsQuery';
import { useAfter } from '@/shared/ui/useAfter';
import classes from './StatusLine.module.css';

const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => http.get<Status>('/api/status', signal),
  staleTime: 5 * 60_000,
});

const databases = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const;

/** How the house is: its version, its database, and how many models can be reached. It waits until the page itself is there. */
export function StatusLine() {
  const t = useT();
  const enabled = useAfter(1500);
  const lost = useConnection((connection) => connection.lost);
  const status = useQuery({ ...statusQuery, enabled });
  const models = useQuery({ ...modelsQuery, enabled });
  if (!status.data) return null;
  const missing = models.data?.unreachable.length ?? 0;
  return (
    <div className={classes.line} role="group" aria-label={t('shell.status')}>
      <i data-state={lost ? 'bad' : missing > 0 ? 'live' : 'ok'} aria-hidden="true" />
      {lost ? (
        <span>{t('shell.offline.title')}</span>
      ) : (
        <>
          <span>{t('shell.status.version', { version: status.data.version })}</span>
          <span>{databases[status.data.database]}</span>
          {models.data && <span>{t('shell.status.models', { count: models.data.items.length })}</span>}
          {missing > 0 && <span className={classes.missing}>{t('shell.status.missing', { count: missing })}</span>}
        </>
      )}
    </div>
  );
}
