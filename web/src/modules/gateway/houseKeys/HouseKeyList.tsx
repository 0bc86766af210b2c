import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Budget, HouseKey } from '@/api/money';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { groupsQuery } from '@/shared/people/queries';
import { LimitDialog } from '@/modules/gateway/limits/LimitDialog';
import { limitsQuery } from '@/modules/gateway/limits/queries';
import { providersQuery } from '@/modules/gateway/queries';
import { HouseKeyDialog } from './HouseKeyDialog';
import { HouseKeyRow } from './HouseKeyRow';
import { groupIn, houseKeysQuery, useChangeHouseKey, useDeleteHouseKey } from './queries';

type Doing = { kind: 'limit' | 'replace'; item: HouseKey; limit?: Budget | undefined };

/** The house's keys. A deleted one is paused at once and destroyed when its Undo has passed. */
export function HouseKeyList({ items }: { items: readonly HouseKey[] }) {
  const t = useT();
  const text = useProblemText();
  const client = useQueryClient();
  const change = useChangeHouseKey();
  const destroy = useDeleteHouseKey();
  const providers = useQuery(providersQuery);
  const groups = useInfiniteQuery(groupsQuery);
  const limits = useQuery(limitsQuery('house')).data ?? [];
  const [doing, setDoing] = useState<Doing>();
  const [leaving, setLeaving] = useState<readonly string[]>([]);
  const back = (id: string) => setLeaving((ids) => ids.filter((each) => each !== id));
  const failed = (error: unknown) => notify(text(error), { kind: 'bad' });

  const remove = async (item: HouseKey) => {
    setLeaving((ids) => [...ids, item.id]);
    try {
      await change.mutateAsync({ id: item.id, enabled: false });
    } catch (error) {
      back(item.id);
      failed(error);
      return;
    }
    notify(t('gateway.key.deleted', { name: item.name }), {
      undo: () => change.mutate({ id: item.id, enabled: item.enabled }, { onError: failed, onSettled: () => back(item.id) }),
      gone: () =>
        destroy.mutate(item.id, {
          onError: (error) => {
            back(item.id);
            failed(error);
          },
          onSuccess: () => client.setQueryData(houseKeysQuery.queryKey, (all) => all && { ...all, items: all.items.filter(({ id }) => id !== item.id) }),
        }),
    });
  };

  return (
    <>
      <ul className="at-card" aria-label={t('settings.houseKeys')}>
        {items
          .filter(({ id }) => !leaving.includes(id))
          .map((item) => {
            const limit = limits.find(({ kind, subject }) => kind === 'house-key' && subject === item.id);
            return (
              <HouseKeyRow
                key={item.id}
                item={item}
                limit={limit}
                providerName={providers.data?.find(({ id }) => id === item.provider)?.name ?? item.provider}
                groupName={groups.data?.find(({ id }) => id === groupIn(item.audience))?.name}
                onToggle={() => change.mutate({ id: item.id, enabled: !item.enabled }, { onError: failed })}
                onLimit={() => setDoing({ kind: 'limit', item, limit })}
                onReplace={() => setDoing({ kind: 'replace', item })}
                onDelete={() => void remove(item)}
              />
            );
          })}
      </ul>
      {doing?.kind === 'limit' && (
        <LimitDialog scope="house" {...(doing.limit ? { changes: doing.limit } : { begins: { kind: 'house-key', subject: doing.item.id, period: 'month', audience: 'everyone' } })} onClose={() => setDoing(undefined)} />
      )}
      {doing?.kind === 'replace' && <HouseKeyDialog replaces={doing.item} onClose={() => setDoing(undefined)} />}
    </>
  );
}
