import { Autocomplete, Button, TextInput } from '@mantine/core';
import { ArrowClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowClockwise';
import { ArrowUpRightIcon } from '@phosphor-icons/react/dist/csr/ArrowUpRight';
import { useState } from 'react';
import type { Provider, ProviderKey, ProviderTest } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { SecretInput } from '@/shared/ui/SecretInput';
import { ClosedProvider } from './ClosedProvider';
import classes from './ProviderDialog.module.css';
import { ProviderTestNote } from './ProviderTestNote';
import { ProviderTile } from './ProviderTile';
import { hasFreshSecret, type ProviderDraft } from './providerDraft';
import { SettingField } from './SettingField';

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
export function ProviderPane(props: ProviderPaneProps) {
  const t = useT();
  const { provider, providers, onPick } = props;
  if (!provider) {
    return (
      <div className={classes.pane}>
        <p className={classes.empty}>{t('gateway.pane.empty')}</p>
      </div>
    );
  }
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
      {provider.status === 'closed' || !provider.usable ? <ClosedProvider provider={provider} providers={providers} onPick={onPick} /> : <Fields {...props} provider={provider} />}
    </div>
  );
}

function Fields({ provider, draft, saved, missing, test, testing, onChange, onTest }: ProviderPaneProps & { provider: Provider }) {
  const t = useT();
  const needsAddress = provider.allowsBaseUrl && !provider.baseUrl;
  const optional = provider.settings.filter(({ required }) => !required);
  const hasMore = optional.length > 0 || (provider.allowsBaseUrl && !needsAddress);
  const [more, setMore] = useState(draft.baseUrl !== '' || optional.some(({ name }) => draft.settings[name]));
  const required = (field: string) => missing.includes(field) && t('gateway.missing.field');
  const hosts = provider.keyHosts.filter((host) => !host.includes('{'));

  const settingField = (setting: Provider['settings'][number]) => (
    <SettingField
      key={setting.name}
      setting={setting}
      value={draft.settings[setting.name] ?? ''}
      placeholder={saved?.settings[setting.name] ?? ''}
      error={required(setting.name)}
      onChange={(value) => onChange({ settings: { ...draft.settings, [setting.name]: value } })}
    />
  );
  const address = (
    <TextInput
      label={t('gateway.address')}
      description={needsAddress ? undefined : t('gateway.address.text')}
      error={required('baseUrl')}
      placeholder={provider.baseUrl ?? 'https://'}
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      maxLength={2000}
      value={draft.baseUrl}
      onChange={(event) => onChange({ baseUrl: event.currentTarget.value })}
    />
  );

  return (
    <>
      {needsAddress && address}
      {provider.settings.filter((setting) => setting.required).map(settingField)}
      {provider.takesKey && (
        <SecretInput
          label={
            <>
              {t('gateway.key')} {!provider.needsKey && <span className="at-meta">{t('gateway.optional')}</span>}
            </>
          }
          description={provider.sharedKey === true ? t('gateway.key.shared') : t(hosts.length > 0 ? 'gateway.key.sealed' : 'gateway.key.sealedHere', { hosts: hosts.join(', ') })}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          error={required('apiKey') || test?.code === 'key-refused'}
          placeholder={saved ? t('gateway.key.saved', { fingerprint: saved.fingerprint }) : (provider.keyPrefixes[0] ?? '')}
          autoComplete="off"
          maxLength={4000}
          value={draft.apiKey}
          onChange={(event) => onChange({ apiKey: event.currentTarget.value })}
        />
      )}
      {hasFreshSecret(draft, provider) && (
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
      {more && optional.map(settingField)}
      {more && !needsAddress && provider.allowsBaseUrl && address}
      <ProviderTestNote test={test} provider={provider} />
      <div className={classes.testRow}>
        <Button variant="default" size="xs" leftSection={<ArrowClockwiseIcon size={15} />} loading={testing} onClick={onTest}>
          {t(test ? 'gateway.test.again' : 'gateway.test')}
        </Button>
        {hasMore && !more && (
          <Button variant="subtle" size="xs" onClick={() => setMore(true)}>
            {t('gateway.more')}
          </Button>
        )}
      </div>
    </>
  );
}
