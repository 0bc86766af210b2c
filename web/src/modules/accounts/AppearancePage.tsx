import { SegmentedControl, Switch } from '@mantine/core';
import type { ColorScheme } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { Section } from '@/shared/ui/Section';
import { SettingRow } from '@/shared/ui/SettingRow';
import { NoticeRow } from './NoticeRow';

const schemes = ['auto', 'light', 'dark'] as const satisfies readonly ColorScheme[];

export function AppearancePage() {
  const t = useT();
  const { preferences } = useMe();
  const save = useSavePreferences();
  return (
    <>
      <Section title={t('settings.appearance')}>
        <div className="at-card">
          <SettingRow title={t('accounts.colours')} text={t('accounts.colours.text')}>
            <SegmentedControl<ColorScheme>
              aria-label={t('accounts.colours')}
              value={preferences.theme}
              onChange={(theme) => save.mutate({ theme })}
              data={schemes.map((value) => ({ value, label: t(`accounts.colours.${value}`) }))}
            />
          </SettingRow>
        </div>
      </Section>
      <Section title={t('accounts.writing')}>
        <div className="at-card">
          <SettingRow title={t('accounts.enterSends')} text={t(preferences.enterSends ? 'accounts.enterSends.on' : 'accounts.enterSends.off')}>
            <Switch size="md" aria-label={t('accounts.enterSends')} checked={preferences.enterSends} onChange={(event) => save.mutate({ enterSends: event.currentTarget.checked })} />
          </SettingRow>
        </div>
      </Section>
      <Section title={t('accounts.notices.section')}>
        <div className="at-card">
          <NoticeRow />
        </div>
      </Section>
    </>
  );
}
