import { Badge, Button } from '@mantine/core';
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning';
import type { ApiKey } from '@/api/money';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import classes from './Programs.module.css';
import { stateOf } from './queries';

const colours = { live: 'leaf', exposed: 'brick', expired: 'gray', revoked: 'gray' } as const;

/** One key: which it is, what it may do, when it was last used. */
export function ProgramKey({ item, onRevoke }: { item: ApiKey; onRevoke: () => void }) {
  const t = useT();
  const format = useFormat();
  const state = stateOf(item);
  const { name, prefix, models, endpoints, addresses, createdAt, expiresAt, lastUsedAt, revokedAt, requestsPerMinute, tokensPerMinute, concurrentCalls } = item;
  const may = [
    models.length > 0 && models.join(', '),
    endpoints.length > 0 && endpoints.join(', '),
    addresses.length > 0 && t('programs.may.from', { addresses: addresses.join(', ') }),
    requestsPerMinute !== undefined && t('programs.may.requests', { count: requestsPerMinute }),
    tokensPerMinute !== undefined && t('programs.may.tokens', { count: tokensPerMinute }),
    concurrentCalls !== undefined && t('programs.may.concurrent', { count: concurrentCalls }),
  ].filter(Boolean);
  return (
    <li className={classes.key} data-state={state}>
      <div className={classes.who}>
        <b dir="auto">{name}</b>
        <div className={classes.prefix}>{prefix}…</div>
      </div>
      <div className={`at-meta ${classes.may}`} dir="auto">
        {may.length === 0 ? t('programs.may.all') : may.join(' · ')}
      </div>
      <div className={`at-meta ${classes.used}`}>
        {revokedAt !== undefined ? t('programs.revokedAt', { when: format.ago(revokedAt) }) : lastUsedAt !== undefined ? t('gateway.key.used', { when: format.ago(lastUsedAt) }) : t('programs.unused', { date: format.date(createdAt) })}
        {expiresAt !== undefined && revokedAt === undefined && (
          <>
            <br />
            {t(state === 'expired' ? 'programs.expired' : 'programs.expires', { date: format.date(expiresAt) })}
          </>
        )}
      </div>
      <Badge className={classes.state} color={colours[state]} variant={state === 'live' || state === 'exposed' ? 'light' : 'default'} size="lg">
        {t(`programs.state.${state}`)}
      </Badge>
      <div className={classes.tools}>
        {state !== 'revoked' && (
          <Button variant="default" size="xs" aria-label={t('programs.revokeOne', { name })} onClick={onRevoke}>
            {t('programs.revoke')}
          </Button>
        )}
      </div>
      {state === 'exposed' && (
        <p className={classes.exposed}>
          <WarningIcon size={14} weight="fill" aria-hidden /> {t('programs.exposed', { when: format.ago(item.exposedAt ?? createdAt) })}
        </p>
      )}
    </li>
  );
}
