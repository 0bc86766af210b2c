import { Button, TextInput } from '@mantine/core';
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass';
import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Price } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { MoreButton } from '@/shared/ui/MoreButton';
import { Note } from '@/shared/ui/Note';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { useLater } from '@/shared/ui/useLater';
import { PriceDialog } from './PriceDialog';
import { PriceRow } from './PriceRow';
import classes from './Prices.module.css';
import { pricesQuery, unpricedQuery } from './queries';

type Chosen = Pick<Price, 'provider' | 'model'> & Partial<Price>;

/** The house, Prices: what models cost from which day on. A changed price counts from its day; what is in the ledger stays. */
export function PricesPage() {
  const t = useT();
  const [search, setSearch] = useState('');
  const [changing, setChanging] = useState<Chosen>();
  const asked = useLater(search.trim());
  const prices = useInfiniteQuery({ ...pricesQuery(asked), placeholderData: keepPreviousData });
  const unpriced = useQuery(unpricedQuery);
  return (
    <>
      {unpriced.data !== undefined && unpriced.data.length > 0 && (
        <Section title={t('prices.unknown')} text={t('prices.unknown.text')}>
          <ul className="at-card" aria-label={t('prices.unknown')}>
            {unpriced.data.map(({ provider, providerName, model, sum }) => (
              <li key={`${provider}/${model}`} className={classes.unknown}>
                <div className="at-grow" dir="auto">
                  <b>{model}</b> <span className="at-meta">{providerName}</span>
                </div>
                <span className="at-meta">{t('costs.requests.count', { count: sum.unpriced })}</span>
                <Button size="xs" onClick={() => setChanging({ provider, model })}>
                  {t('prices.set')}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section
        title={t('settings.prices')}
        text={t('prices.text')}
        action={
          <Button size="xs" leftSection={<PlusIcon size={14} weight="bold" />} onClick={() => setChanging({ provider: '', model: '' })}>
            {t('prices.add')}
          </Button>
        }
      >
        <TextInput
          type="search"
          className={classes.search}
          aria-label={t('prices.search')}
          placeholder={t('prices.search')}
          leftSection={<MagnifyingGlassIcon size={15} />}
          maxLength={200}
          data-list-filter
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <QueryState query={prices} opening={t('prices.opening')} height={372}>
          {(items) =>
            items.length === 0 ? (
              <EmptyCard>{t('prices.none', { search: asked })}</EmptyCard>
            ) : (
              <ul className="at-card" aria-label={t('settings.prices')}>
                {items.map((price) => (
                  <PriceRow key={`${price.provider}/${price.model}/${price.from ?? ''}/${price.source}`} price={price} onChange={() => setChanging(price)} />
                ))}
              </ul>
            )
          }
        </QueryState>
        <MoreButton list={prices} />
        <div className={classes.foot}>
          <Note>{t('prices.note')}</Note>
        </div>
      </Section>
      {changing && <PriceDialog changes={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}
