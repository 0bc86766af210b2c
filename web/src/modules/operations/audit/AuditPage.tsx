import { Button, Select, TextInput } from '@mantine/core';
import { DownloadSimpleIcon } from '@phosphor-icons/react/dist/csr/DownloadSimple';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { MoreButton } from '@/shared/ui/MoreButton';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { actionName, knownActions } from './actions';
import classes from './Audit.module.css';
import { AuditRow } from './AuditRow';
import { auditExport, auditQuery, noFilter } from './queries';

/** The house, Audit log: who did what. It is only ever added to. */
export function AuditPage() {
  const t = useT();
  const [filter, setFilter] = useState(noFilter);
  const [actorName, setActorName] = useState('');
  const log = useInfiniteQuery({ ...auditQuery(filter), placeholderData: keepPreviousData });
  const filtered = filter !== noFilter && Object.values(filter).some((value: string) => value !== '');
  const download = (
    <Button component="a" href={auditExport(filter)} download variant="default" size="xs" leftSection={<DownloadSimpleIcon size={14} />}>
      {t('operations.audit.export')}
    </Button>
  );
  return (
    <Section title={t('operations.audit')} text={t('operations.audit.text')} action={download}>
      <div className={classes.filters} role="search" aria-label={t('operations.audit.filters')}>
        <Select
          className={classes.action}
          label={t('operations.audit.action')}
          placeholder={t('operations.audit.everything')}
          clearable
          searchable
          data={knownActions.map((action) => ({ value: action, label: actionName(t, action) }))}
          value={filter.action || null}
          onChange={(action) => setFilter({ ...filter, action: action ?? '' })}
        />
        <TextInput type="date" label={t('operations.audit.from')} value={filter.from} max={filter.to} onChange={(event) => setFilter({ ...filter, from: event.currentTarget.value })} />
        <TextInput type="date" label={t('operations.audit.to')} value={filter.to} min={filter.from} onChange={(event) => setFilter({ ...filter, to: event.currentTarget.value })} />
        {filter.actor !== '' && (
          <Button variant="light" rightSection={<XIcon size={14} weight="bold" />} onClick={() => setFilter({ ...filter, actor: '' })}>
            {t('operations.audit.onlyBy', { name: actorName })}
          </Button>
        )}
        {filtered && (
          <Button variant="subtle" color="gray" onClick={() => setFilter(noFilter)}>
            {t('operations.audit.clear')}
          </Button>
        )}
      </div>
      <QueryState query={log} opening={t('operations.audit.opening')} height={372}>
        {(items) =>
          items.length === 0 ? (
            <EmptyCard>{t(filtered ? 'operations.audit.noneFound' : 'operations.audit.none')}</EmptyCard>
          ) : (
            <ol className={`at-card ${classes.log}`} aria-label={t('operations.audit')}>
              {items.map((item) => (
                <AuditRow
                  key={item.sequence}
                  item={item}
                  onActor={(actor, name) => {
                    setActorName(name);
                    setFilter({ ...filter, actor });
                  }}
                />
              ))}
            </ol>
          )
        }
      </QueryState>
      <MoreButton list={log} />
    </Section>
  );
}
