import { SegmentedControl } from '@mantine/core';
import type { Locale } from '@/api/types';
import { useFormat } from '@/shared/i18n/format';
import { setLocale, useT } from '@/shared/i18n/language';
import { localeNames } from '@/shared/i18n/messages';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { Section } from '@/shared/ui/Section';
import { SettingRow } from '@/shared/ui/SettingRow';

export function LanguagePage() {
  const t = useT();
  const format = useFormat();
  const { preferences } = useMe();
  const save = useSavePreferences();
  const choose = (locale: Locale) => {
    void setLocale(locale);
    save.mutate({ locale });
  };
  return (
    <Section title={t('settings.language')}>
      <div className="at-card">
        <SettingRow title={t('accounts.languageOf')} text={t('accounts.languageOf.text')}>
          <SegmentedControl<Locale>
            aria-label={t('accounts.languageOf')}
            value={preferences.locale}
            onChange={choose}
            data={(Object.entries(localeNames) as [Locale, string][]).map(([value, label]) => ({ value, label: <span lang={value}>{label}</span> }))}
          />
        </SettingRow>
        <SettingRow title={t('accounts.written')} text={t('accounts.written.text')}>
          <span className="at-num">
            {format.dateTime('2026-11-20T14:06:00')} · {format.money('1234.5')}
          </span>
        </SettingRow>
      </div>
    </Section>
  );
}
