import { Button, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CacheState } from '@/api/money';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { toPico } from '@/shared/money/amounts';
import { useMoney } from '@/shared/money/useMoney';
import { notify } from '@/shared/notify/toasts';
import { QueryState } from '@/shared/ui/QueryState';
import classes from './Costs.module.css';
import { Panel } from './Panel';
import { cacheQuery, useEmptyCache, useSetCache } from './queries';

const lengths = [1, 6, 24, 72, 168, 720];

/** Answers to programs that are kept for a while, so that the same question is not paid twice. */
export function CacheCard() {
  const t = useT();
  return (
    <Panel title={t('costs.cache')}>
      <QueryState query={useQuery(cacheQuery)} opening={t('costs.cache.opening')} height={96}>
        {(state) => <CacheSettings state={state} />}
      </QueryState>
    </Panel>
  );
}

function CacheSettings({ state }: { state: CacheState }) {
  const t = useT();
  const text = useProblemText();
  const format = useFormat();
  const money = useMoney();
  const set = useSetCache();
  const empty = useEmptyCache();
  const { enabled, hours, entries, hits, misses, saved } = { ...state, ...(set.isPending && set.variables) };
  const failed = (error: unknown) => notify(text(error), { kind: 'bad' });
  const asked = hits + misses;
  const figures = [
    asked > 0 && t('costs.cache.hits', { hits: format.number(hits), asked: format.number(asked), percent: Math.round((hits / asked) * 100) }),
    toPico(saved) > 0n && t('costs.cache.saved', { saved: money.one(saved) }),
  ].filter((text) => text !== false);
  return (
    <div className={classes.cache}>
      <Switch size="md" label={t('costs.cache.switch')} description={t('costs.cache.text')} checked={enabled} onChange={(event) => set.mutate({ enabled: event.currentTarget.checked, hours }, { onError: failed })} />
      {enabled && (
        <Select
          size="xs"
          label={t('costs.cache.hours')}
          allowDeselect={false}
          data={[...new Set([...lengths, hours])].sort((a, b) => a - b).map((count) => ({ value: String(count), label: count % 24 === 0 ? t('costs.cache.days', { count: count / 24 }) : t('costs.cache.hour', { count }) }))}
          value={String(hours)}
          onChange={(next) => next !== null && set.mutate({ enabled, hours: Number(next) }, { onError: failed })}
        />
      )}
      {figures.length > 0 && <p className="at-meta">{figures.join(' ')}</p>}
      {entries > 0 && (
        <Button size="xs" variant="default" loading={empty.isPending} onClick={() => empty.mutate(undefined, { onError: failed, onSuccess: () => notify(t('costs.cache.emptied')) })}>
          {t('costs.cache.empty', { count: entries })}
        </Button>
      )}
    </div>
  );
}
