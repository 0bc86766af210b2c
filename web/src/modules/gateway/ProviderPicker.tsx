import { TextInput } from '@mantine/core';
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass';
import { useState } from 'react';
import type { Provider } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import type { MessageKey } from '@/shared/i18n/messages';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import { countProviders, groupProviders } from './groupProviders';
import classes from './ProviderDialog.module.css';
import { looksLikeKey, recogniseKey } from './recogniseKey';

const categoryNames: Readonly<Record<string, MessageKey>> = {
  Major: 'gateway.category.major',
  'Fast, for developers': 'gateway.category.fast',
  'Hosts of open models': 'gateway.category.hosts',
  'Many models, one key': 'gateway.category.several',
  'Other clouds': 'gateway.category.clouds',
  Local: 'gateway.category.local',
};

interface ProviderPickerProps {
  providers: Provider[];
  chosen: string;
  /** Whether the person went on without choosing. */
  missing: boolean;
  onPick: (id: string, apiKey?: string) => void;
}

/** All providers at a glance; the search also takes a pasted key and finds whose it is. */
export function ProviderPicker({ providers, chosen, missing, onPick }: ProviderPickerProps) {
  const t = useT();
  const phone = useWidth() === 'phone';
  const [search, setSearch] = useState('');
  const [unknownKey, setUnknownKey] = useState('');
  const groups = groupProviders(providers, search);

  const type = (value: string) => {
    // A key leaves the search at once, so that it stands nowhere in the clear.
    const isKey = looksLikeKey(value);
    setSearch(isKey ? '' : value);
    if (!isKey) return;
    const id = recogniseKey(providers, value);
    setUnknownKey(id === null ? value.trim() : '');
    if (id !== null) onPick(id, value.trim());
  };
  const pick = (id: string) => {
    onPick(id, unknownKey === '' ? undefined : unknownKey);
    setUnknownKey('');
  };

  return (
    <div className={classes.pick}>
      <TextInput
        aria-label={t('gateway.search.label')}
        placeholder={t('gateway.search', { count: countProviders(providers) })}
        leftSection={<MagnifyingGlassIcon size={17} />}
        autoComplete="off"
        spellCheck={false}
        autoFocus={!phone}
        value={search}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <div className={classes.found}>
        {unknownKey !== '' && (
          <Note kind="live" role="status" title={t('gateway.unknownKey')}>
            {t('gateway.unknownKey.text')}
          </Note>
        )}
        {missing && (
          <Note kind="bad" role="alert">
            {t('gateway.missing.provider')}
          </Note>
        )}
        {groups.map(({ category, providers: members }) => (
          <fieldset key={category} className={classes.group} aria-label={category in categoryNames ? undefined : category}>
            <h2>{categoryNames[category] ? t(categoryNames[category]) : category}</h2>
            <div className={classes.options}>
              {members.map((provider) => (
                <label key={provider.id} className={classes.option} data-closed={provider.status === 'closed' || !provider.usable}>
                  <input type="radio" name={`provider, ${category}`} value={provider.id} checked={provider.id === chosen} onChange={() => pick(provider.id)} />
                  <span className="at-cut" title={provider.name}>
                    {provider.name}
                  </span>
                  {(provider.status === 'closed' || !provider.usable) && (
                    <span className={`at-meta ${classes.aside}`}>{t(provider.status === 'closed' ? 'gateway.closed' : 'gateway.notYet')}</span>
                  )}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        {groups.length === 0 && <p className="at-meta">{t('gateway.search.none', { search })}</p>}
        {providers.some(({ id }) => id === 'openai-compatible') && (
          <fieldset className={classes.group}>
            <h2>{t('gateway.notListed')}</h2>
            <label className={classes.option}>
              <input type="radio" name="provider, other" value="openai-compatible" checked={chosen === 'openai-compatible'} onChange={() => pick('openai-compatible')} />
              {t('gateway.anyAddress')}
            </label>
          </fieldset>
        )}
      </div>
    </div>
  );
}
