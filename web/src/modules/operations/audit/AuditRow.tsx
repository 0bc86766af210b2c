import { UnstyledButton } from '@mantine/core';
import type { AuditItem } from '@/api/types';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { actionName } from './actions';
import classes from './Audit.module.css';

interface AuditRowProps {
  item: AuditItem;
  /** Shows only what this person did. */
  onActor: (id: string, name: string) => void;
}

export function AuditRow({ item, onActor }: AuditRowProps) {
  const t = useT();
  const format = useFormat();
  const { sequence, at, actorId, actorName, action, target, network, details } = item;
  const facts = Object.entries(details);
  return (
    <li className={classes.row}>
      <time className={`at-num ${classes.at}`} dateTime={at}>
        {format.dateTime(at)}
      </time>
      <div className={classes.what}>
        <b>{actionName(t, action)}</b>
        {facts.length > 0 && (
          <div className="at-meta" dir="auto">
            {facts.map(([name, value]) => `${name}: ${value}`).join(' · ')}
          </div>
        )}
        {target != null && <div className={`at-meta ${classes.id}`}>{target}</div>}
      </div>
      <div className={classes.who}>
        {actorId != null && actorName != null ? (
          <UnstyledButton className={classes.actor} dir="auto" aria-label={t('operations.audit.only', { name: actorName })} onClick={() => onActor(actorId, actorName)}>
            {actorName}
          </UnstyledButton>
        ) : (
          <span>{t('operations.audit.stranger')}</span>
        )}
        <div className="at-meta">{network}</div>
      </div>
      <span className={`at-meta ${classes.sequence}`}>{t('operations.audit.number', { number: String(sequence) })}</span>
    </li>
  );
}
