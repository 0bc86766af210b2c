import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { Provider, ProviderKey } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import { SecretInput } from '@/shared/ui/SecretInput';
import { useReplaceKey, useTestProvider } from './queries';
import { SettingField } from './SettingField';
import { testProblem } from './testProblem';

interface ReplaceKeyDialogProps {
  item: ProviderKey;
  provider: Provider;
  onClose: () => void;
}

/** A new secret in an old one's place: the name, the address and whoever uses it stay; the old one is destroyed after the new one is sealed. */
export function ReplaceKeyDialog({ item, provider, onClose }: ReplaceKeyDialogProps) {
  const t = useT();
  const text = useProblemText();
  const phone = useWidth() === 'phone';
  const test = useTestProvider();
  const replace = useReplaceKey();
  const [apiKey, setApiKey] = useState('');
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const asked = provider.settings.filter(({ secret }) => secret);
  const typed = apiKey.trim() !== '' || asked.some(({ name }) => secrets[name]?.trim());
  const filled = typed && (apiKey.trim() !== '' || !provider.needsKey) && asked.every(({ name, required }) => !required || secrets[name]?.trim());
  const settings = { ...item.settings, ...secrets };
  const account = { provider: item.provider, ...(apiKey.trim() && { apiKey: apiKey.trim() }), ...(item.baseUrl != null && { baseUrl: item.baseUrl }), ...(Object.keys(settings).length > 0 && { settings }) };

  const save = async (tested: boolean) => {
    try {
      if (!tested && !(await test.mutateAsync(account)).works) return;
      await replace.mutateAsync({ id: item.id, ...(apiKey.trim() && { apiKey: apiKey.trim() }), ...(asked.length > 0 && { settings: secrets }) });
      notify(t('gateway.replace.done', { name: item.name }));
      onClose();
    } catch (error) {
      notify(text(error), { kind: 'bad' });
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (filled) void save(false);
  };

  return (
    <Modal opened onClose={onClose} title={t('gateway.replace.title', { name: item.name })} size={460} fullScreen={phone} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <p className="at-soft">{t('gateway.replace.text', { provider: provider.name })}</p>
          {provider.takesKey && (
            <SecretInput
              data-autofocus
              label={t('gateway.replace.key')}
              placeholder={provider.keyPrefixes[0] ?? ''}
              autoComplete="off"
              maxLength={4000}
              error={test.data?.code === 'key-refused'}
              value={apiKey}
              onChange={(event) => {
                test.reset();
                setApiKey(event.currentTarget.value);
              }}
            />
          )}
          {asked.map((setting) => (
            <SettingField key={setting.name} setting={setting} value={secrets[setting.name] ?? ''} placeholder="" error={undefined} onChange={(value) => setSecrets((before) => ({ ...before, [setting.name]: value }))} />
          ))}
          {test.data?.works === false && (
            <Note kind="bad" role="alert" title={t('gateway.test.fails')}>
              {testProblem(t, test.data, provider.name)} {t('gateway.test.safe')}
            </Note>
          )}
          <Group justify="flex-end" gap="xs">
            {test.data?.works === false && (
              <Button variant="default" loading={replace.isPending} onClick={() => void save(true)}>
                {t('gateway.dialog.saveAnyway')}
              </Button>
            )}
            <Button type="submit" loading={test.isPending || replace.isPending} disabled={!filled}>
              {t('gateway.replace.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
