import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { HouseKey } from '@/api/money';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import { SecretInput } from '@/shared/ui/SecretInput';
import { GroupField } from '@/modules/gateway/limits/AudienceFields';
import { providersQuery } from '@/modules/gateway/queries';
import { SettingField } from '@/modules/gateway/SettingField';
import { audienceOf, useAddHouseKey, useReplaceHouseKey } from './queries';

interface HouseKeyDialogProps {
  /** The key whose secret is replaced; a new key without. */
  replaces?: HouseKey;
  onClose: () => void;
}

/** Seals a key for the house. It is off until somebody turns it on. */
export function HouseKeyDialog({ replaces, onClose }: HouseKeyDialogProps) {
  const t = useT();
  const text = useProblemText();
  const phone = useWidth() === 'phone';
  const providers = useQuery(providersQuery).data ?? [];
  const add = useAddHouseKey();
  const replace = useReplaceHouseKey();
  const saving = replaces ? replace : add;
  const [provider, setProvider] = useState(replaces?.provider ?? '');
  const [name, setName] = useState('');
  const [apiKey, setApiKey] = useState('');
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [toGroup, setToGroup] = useState(false);
  const [groupId, setGroupId] = useState('');
  const chosen = providers.find(({ id }) => id === provider);
  const fields = chosen?.settings.filter(({ secret }) => replaces === undefined || secret) ?? [];
  const filled = chosen !== undefined && (apiKey.trim() !== '' || !(chosen.needsKey || chosen.sharedKey === true)) && fields.every((field) => !field.required || settings[field.name]?.trim()) && (!toGroup || groupId !== '');
  const refused = saving.error instanceof Problem ? saving.error.errors : {};

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!filled) return;
    const secrets = { ...(apiKey.trim() !== '' && { apiKey: apiKey.trim() }), ...(fields.length > 0 && { settings }) };
    const done = {
      onSuccess: (item: HouseKey) => {
        notify(t(replaces ? 'gateway.replace.done' : 'houseKeys.added', { name: item.name }));
        onClose();
      },
    };
    if (replaces) replace.mutate({ id: replaces.id, ...secrets }, done);
    else add.mutate({ provider, ...secrets, ...(name.trim() !== '' && { name: name.trim() }), audience: audienceOf(toGroup ? groupId : undefined) }, done);
  };

  return (
    <Modal opened onClose={onClose} title={replaces ? t('gateway.replace.title', { name: replaces.name }) : t('houseKeys.add')} size={480} fullScreen={phone} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {!replaces && (
            <>
              <Select data-autofocus openOnFocus={false} label={t('prices.field.provider')} searchable error={refused['provider']?.[0]} data={providers.filter(({ usable, takesKey }) => usable && takesKey).map(({ id, name: label }) => ({ value: id, label }))} value={provider || null} onChange={(id) => setProvider(id ?? '')} />
              <TextInput label={t('houseKeys.name')} placeholder={chosen?.name ?? ''} maxLength={100} autoComplete="off" dir="auto" error={refused['name']?.[0]} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            </>
          )}
          <SecretInput label={t('gateway.replace.key')} placeholder={chosen?.keyPrefixes[0] ?? ''} autoComplete="off" maxLength={4000} error={refused['apiKey']?.[0]} value={apiKey} onChange={(event) => setApiKey(event.currentTarget.value)} />
          {fields.map((setting) => (
            <SettingField key={setting.name} setting={setting} value={settings[setting.name] ?? ''} placeholder="" error={refused[setting.name]?.[0]} onChange={(value) => setSettings((before) => ({ ...before, [setting.name]: value }))} />
          ))}
          {!replaces && (
            <Select
              label={t('houseKeys.audience')}
              allowDeselect={false}
              data={[
                { value: 'everyone', label: t('houseKeys.forAll') },
                { value: 'group', label: t('limits.audience.group') },
              ]}
              value={toGroup ? 'group' : 'everyone'}
              onChange={(value) => setToGroup(value === 'group')}
            />
          )}
          {toGroup && <GroupField value={groupId} error={refused['audience']?.[0]} onChange={setGroupId} />}
          {saving.isError && (
            <Note kind="bad" role="alert">
              {text(saving.error)}
            </Note>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!filled}>
              {t(replaces ? 'gateway.replace.save' : 'houseKeys.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
