import { Autocomplete, Button, TextInput } from '@mantine/core';
import { ArrowClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowClockwise';
import { ArrowUpRightIcon } from '@phosphor-icons/react/dist/csr/ArrowUpRight';
import { useState } from 'react';
import type { Provider, ProviderKey, ProviderTest } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import { SecretInput } from '@/shared/ui/SecretInput';
import classes from './ProviderDialog.module.css';
import { ProviderTile } from './ProviderTile';
import { ProviderTestNote } from './ProviderTestNote';
import type { ProviderDraft } from './providerDraft';
import { settingLabel } from './settingLabel';

interface ProviderPaneProps {
  provider: Provider | undefined;
  providers: Provider[];
  draft: ProviderDraft;
  /** A key of this provider that is already sealed here. */
  saved: ProviderKey | undefined;
  /** Fields that are empty and must not be. */
  missing: string[];
  test: ProviderTest | undefined;
  testing: boolean;
  onChange: (change: Partial<ProviderDraft>) => void;
  onPick: (id: string) => void;
  onTest: () => void;
}

/** The fields of one provider, its test, and the model to start with. */
export function ProviderPane({ provider, providers, draft, saved, missing, test, testing, onChange, onPick, onTest }: ProviderPaneProps) {
  const t = useT();
  const [elsewhere, setElsewhere] = useState(false);
  if (!provider) {
    return (
      <div className={classes.pane}>
        <p className={classes.empty}>{t('gateway.pane.empty')}</p>
      </div>
    );
  }
  const replacement = providers.find(({ id }) => id === provider.replacement);
  const required = (field: string) => missing.includes(field) && t('gateway.missing.field');
  const needsAddress = provider.allowsBaseUrl && !provider.baseUrl;
  const showAddress = needsAddress || elsewhere || draft.baseUrl !== '';
  return (
    <div className={classes.pane}>
      <div className={classes.paneHead}>
        <ProviderTile name={provider.name} />
        <div>
          <h2>{provider.name}</h2>
          {provider.keyUrl && (
            <a href={provider.keyUrl} target="_blank" rel="noreferrer">
              {t('gateway.whereKey')} <ArrowUpRightIcon size={14} aria-hidden />
            </a>
          )}
        </div>
      </div>
      {provider.status === 'closed' ? (
        <Note
          kind="live"
          title={t('gateway.closed.title', { provider: provider.name })}
          actions={
            replacement && (
              <Button size="xs" variant="default" onClick={() => onPick(replacement.id)}>
                {t('gateway.closed.use', { provider: replacement.name })}
              </Button>
            )
          }
        >
          {t('gateway.closed.text')}
        </Note>
      ) : !provider.usable ? (
        <Note kind="live" title={t('gateway.notUsable.title')}>
          {t('gateway.notUsable.text')}
        </Note>
      ) : (
        <>
          {showAddress && (
            <TextInput
              label={t('gateway.address')}
              description={needsAddress ? undefined : t('gateway.address.text')}
              error={required('baseUrl')}
              placeholder={provider.baseUrl ?? 'https://'}
              type="url"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              maxLength={2000}
              value={draft.baseUrl}
              onChange={(event) => onChange({ baseUrl: event.currentTarget.value })}
            />
          )}
          {provider.settings.map(({ name, required: needed, secret, note }) => {
            const field = {
              label: needed ? settingLabel(t, name) : `${settingLabel(t, name)} (${t('gateway.optional')})`,
              description: note,
              error: required(name),
              value: draft.settings[name] ?? '',
              placeholder: saved?.settings[name] ?? '',
              autoComplete: 'off',
              spellCheck: false,
              maxLength: 2000,
              onChange: (event: { currentTarget: { value: string } }) => onChange({ settings: { ...draft.settings, [name]: event.currentTarget.value } }),
            };
            return secret ? <SecretInput key={name} {...field} /> : <TextInput key={name} {...field} />;
          })}
          <SecretInput
            label={provider.needsKey ? t('gateway.key') : `${t('gateway.key')} (${t('gateway.optional')})`}
            description={t(provider.keyHosts.length > 0 ? 'gateway.key.sealed' : 'gateway.key.sealedHere', { hosts: provider.keyHosts.join(', ') })}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            error={required('apiKey') || (test?.code === 'key-refused' && t('gateway.key.refused', { provider: provider.name }))}
            placeholder={saved ? t('gateway.key.saved', { fingerprint: saved.fingerprint }) : (provider.keyPrefixes[0] ?? '')}
            autoComplete="off"
            maxLength={4000}
            value={draft.apiKey}
            onChange={(event) => onChange({ apiKey: event.currentTarget.value })}
          />
          {draft.apiKey !== '' && (
            <TextInput
              label={
                <>
                  {t('gateway.name')} <span className="at-meta">{t('gateway.optional')}</span>
                </>
              }
              placeholder={t('gateway.name.example')}
              maxLength={100}
              value={draft.name}
              onChange={(event) => onChange({ name: event.currentTarget.value })}
            />
          )}
          <Autocomplete
            label={t('gateway.model')}
            placeholder={provider.defaultModel ?? ''}
            data={[...new Set(test?.models ?? [])]}
            limit={200}
            maxDropdownHeight={240}
            maxLength={200}
            value={draft.model}
            onChange={(model) => onChange({ model })}
          />
          <ProviderTestNote test={test} provider={provider} />
          <div className={classes.testRow}>
            <Button variant="default" size="xs" leftSection={<ArrowClockwiseIcon size={15} />} loading={testing} onClick={onTest}>
              {t(test ? 'gateway.test.again' : 'gateway.test')}
            </Button>
            {!showAddress && provider.allowsBaseUrl && (
              <Button variant="subtle" size="xs" onClick={() => setElsewhere(true)}>
                {t('gateway.address.other')}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}
