import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { ArrowDownIcon } from '@phosphor-icons/react/dist/csr/ArrowDown';
import { ArrowUpIcon } from '@phosphor-icons/react/dist/csr/ArrowUp';
import { DotsSixVerticalIcon } from '@phosphor-icons/react/dist/csr/DotsSixVertical';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useQuery } from '@tanstack/react-query';
import type { HTMLAttributes } from 'react';
import type { Fallback, Provider, ProviderKey } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { modelsQuery } from '@/shared/models/modelsQuery';
import { useWidth } from '@/shared/shell/useWidth';
import classes from './Fallbacks.module.css';
import { isReachable } from './fallbacks';
import { ProviderTile } from './ProviderTile';

interface FallbackRowProps {
  item: Fallback;
  /** From 1. */
  place: number;
  count: number;
  provider: Provider | undefined;
  keys: readonly ProviderKey[];
  /** How a pulled row stands to this one. */
  mark: 'pulled' | 'before' | 'after' | undefined;
  handle: HTMLAttributes<HTMLElement>;
  onStep: (by: 1 | -1) => void;
  onChange: (change: Partial<Fallback>) => void;
  onRemove: () => void;
}

export function FallbackRow({ item, place, count, provider, keys, mark, handle, onStep, onChange, onRemove }: FallbackRowProps) {
  const t = useT();
  const size = useWidth() === 'phone' ? 44 : 30;
  const models = useQuery(modelsQuery);
  const name = provider?.name ?? item.provider;
  const own = keys.filter((key) => key.provider === item.provider);
  const offered = models.data?.items.filter((model) => model.provider === item.provider).map(({ model }) => model) ?? [];
  const moveTo = (by: 1 | -1) => (place + by < 1 || place + by > count ? undefined : () => onStep(by));

  return (
    <li className={classes.row} data-row data-mark={mark}>
      <span className={classes.handle} {...handle}>
        <DotsSixVerticalIcon size={18} aria-hidden />
        <span className={classes.place}>{place}</span>
      </span>
      <ProviderTile name={name} />
      <div className={classes.name}>
        <b>{name}</b>
        <div className="at-meta">{t(isReachable(provider, keys, item.keyId) ? 'gateway.fallbacks.own' : 'gateway.fallbacks.out')}</div>
      </div>
      <div className={classes.choices}>
        <Select
          aria-label={t('gateway.use.modelOf', { name })}
          placeholder={t('gateway.fallbacks.model')}
          clearable
          searchable
          limit={200}
          data={[...new Set([...(item.model == null ? [] : [item.model]), ...offered])]}
          value={item.model ?? null}
          onChange={(model) => onChange({ model })}
        />
        {own.length > 1 && (
          <Select
            aria-label={t('gateway.fallbacks.keyOf', { name })}
            placeholder={t('gateway.fallbacks.key')}
            clearable
            data={own.map((key) => ({ value: key.id, label: key.name }))}
            value={item.keyId ?? null}
            onChange={(keyId) => onChange({ keyId })}
          />
        )}
      </div>
      <div className={classes.tools}>
        <Step by={-1} label={t('gateway.fallbacks.up', { name })} size={size} onStep={moveTo(-1)} />
        <Step by={1} label={t('gateway.fallbacks.down', { name })} size={size} onStep={moveTo(1)} />
        <Tooltip label={t('gateway.fallbacks.remove')}>
          <ActionIcon variant="subtle" color="gray" size={size} aria-label={t('gateway.fallbacks.removeOne', { name })} onClick={onRemove}>
            <XIcon size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </li>
  );
}

/** At the end of the list it stays where it is, so that the focus does, too. */
function Step({ by, label, size, onStep }: { by: 1 | -1; label: string; size: number; onStep: (() => void) | undefined }) {
  const Arrow = by < 0 ? ArrowUpIcon : ArrowDownIcon;
  return (
    <ActionIcon variant="subtle" color="gray" size={size} aria-label={label} aria-disabled={onStep === undefined} data-step={by} className={classes.step} onClick={onStep}>
      <Arrow size={16} />
    </ActionIcon>
  );
}
