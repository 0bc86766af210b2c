import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Fallback, Provider, ProviderKey } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { QueryState } from '@/shared/ui/QueryState';
import { useReorder } from '@/shared/ui/useReorder';
import { FallbackRow } from './FallbackRow';
import classes from './Fallbacks.module.css';
import { fallbacksQuery, moved, useSetFallbacks } from './fallbacks';
import { ProviderTile } from './ProviderTile';

interface FallbacksProps {
  providers: Provider[];
  keys: ProviderKey[];
}

/** Who is asked, in this order, when the chosen provider does not answer. */
export function Fallbacks(props: FallbacksProps) {
  const t = useT();
  return (
    <QueryState query={useQuery(fallbacksQuery)} opening={t('gateway.fallbacks.opening')} height={124}>
      {(items) => <FallbackList {...props} items={items} />}
    </QueryState>
  );
}

function FallbackList({ providers, keys, items }: FallbacksProps & { items: Fallback[] }) {
  const t = useT();
  const text = useProblemText();
  const set = useSetFallbacks();
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const nameOf = ({ provider }: Fallback) => providers.find(({ id }) => id === provider)?.name ?? provider;

  const save = (next: Fallback[]) => set.mutate(next, { onError: (error) => notify(text(error), { kind: 'bad' }) });
  const move = (from: number, to: number) => {
    const item = items[from];
    if (item === undefined || to < 0 || to >= items.length) return;
    save(moved(items, from, to));
    setSaid(t('gateway.fallbacks.place', { name: nameOf(item), place: to + 1, count: items.length }));
  };
  const { handle, mark } = useReorder(list, move);

  /** The button that was pressed goes along with its row. */
  const step = (from: number, by: 1 | -1) => {
    move(from, from + by);
    const rows = list.current?.querySelectorAll(':scope > [data-row]');
    rows?.item(Math.min(Math.max(from + by, 0), items.length - 1)).querySelector<HTMLElement>(`[data-step="${by}"]`)?.focus();
  };
  const remove = (index: number) => {
    const item = items[index];
    if (item === undefined) return;
    save(items.filter((_, each) => each !== index));
    notify(t('gateway.fallbacks.removed', { name: nameOf(item) }), { undo: () => save(items) });
    // The row that takes the place, else the one above; without any, the way to add one.
    const rows = list.current?.querySelectorAll<HTMLElement>(':scope > [data-row]');
    (rows?.item(index + 1) ?? rows?.item(index - 1) ?? list.current)?.querySelector<HTMLElement>('[data-step="1"]')?.focus();
  };

  return (
    <>
      <ol className="at-card" ref={list}>
        {items.map((item, index) => (
          <FallbackRow
            // A place in the list is what a row is: what stands there changes.
            key={index}
            item={item}
            place={index + 1}
            count={items.length}
            provider={providers.find(({ id }) => id === item.provider)}
            keys={keys}
            mark={mark(index)}
            handle={handle(index)}
            onStep={(by) => step(index, by)}
            onChange={(change) => save(items.map((each, place) => (place === index ? { ...each, ...change } : each)))}
            onRemove={() => remove(index)}
          />
        ))}
        <li className={classes.last}>
          <span className={classes.place}>{items.length + 1}</span>
          <ProviderTile name="Offline Lite" />
          <div className="at-grow">
            <b>{t('gateway.way.offline')}</b>
            <div className="at-meta">{t(items.length === 0 ? 'gateway.fallbacks.none' : 'gateway.fallbacks.last')}</div>
          </div>
        </li>
      </ol>
      <p className="at-hidden" role="status">
        {said}
      </p>
    </>
  );
}
