import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ProviderSetting } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { SecretInput } from '@/shared/ui/SecretInput';
import { isKnownSetting, settingLabel } from './settingLabel';

interface SettingFieldProps {
  setting: ProviderSetting;
  value: string;
  placeholder: string;
  error: ReactNode;
  onChange: (value: string) => void;
}

/** One of the fields that a provider needs besides its key. */
export function SettingField({ setting, value, placeholder, error, onChange }: SettingFieldProps) {
  const t = useT();
  const { name, required, secret, note } = setting;
  const Field = secret ? SecretInput : TextInput;
  return (
    <Field
      label={
        <>
          {settingLabel(t, name)} {!required && <span className="at-meta">{t('gateway.optional')}</span>}
        </>
      }
      description={isKnownSetting(name) ? undefined : note}
      error={error}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      maxLength={4000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
