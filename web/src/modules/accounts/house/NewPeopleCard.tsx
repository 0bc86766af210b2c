import { Select } from '@mantine/core';
import type { ColorScheme, HouseRules, Locale, NewPeople } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { localeNames } from '@/shared/i18n/messages';
import { notify } from '@/shared/notify/toasts';
import { SettingRow } from '@/shared/ui/SettingRow';
import classes from './House.module.css';
import { useSetNewPeople } from './queries';

const schemes = ['auto', 'light', 'dark'] as const satisfies readonly ColorScheme[];
const newRoles = ['guest', 'user', 'developer'] as const satisfies readonly NewPeople['role'][];

/** What somebody is, and how the house greets them, until they choose otherwise. */
export function NewPeopleCard({ newPeople }: Pick<HouseRules, 'newPeople'>) {
  const t = useT();
  const text = useProblemText();
  const set = useSetNewPeople();
  const shown = set.isPending ? set.variables : newPeople;
  const save = (change: Partial<NewPeople>) => set.mutate({ ...newPeople, ...change }, { onError: (error) => notify(text(error), { kind: 'bad' }) });
  return (
    <div className="at-card">
      <SettingRow title={t('accounts.newPeople.role')} text={t('accounts.newPeople.role.text')}>
        <Select
          className={classes.select}
          aria-label={t('accounts.newPeople.role')}
          data={newRoles.map((value) => ({ value, label: t(`shell.role.${value}`) }))}
          value={shown.role}
          allowDeselect={false}
          onChange={(role) => role !== null && save({ role })}
        />
      </SettingRow>
      <SettingRow title={t('accounts.newPeople.locale')}>
        <Select
          className={classes.select}
          aria-label={t('accounts.newPeople.locale')}
          data={(Object.entries(localeNames) as [Locale, string][]).map(([value, label]) => ({ value, label }))}
          value={shown.locale}
          allowDeselect={false}
          onChange={(locale) => locale !== null && save({ locale })}
        />
      </SettingRow>
      <SettingRow title={t('accounts.newPeople.theme')}>
        <Select
          className={classes.select}
          aria-label={t('accounts.newPeople.theme')}
          data={schemes.map((value) => ({ value, label: t(`accounts.colours.${value}`) }))}
          value={shown.theme}
          allowDeselect={false}
          onChange={(theme) => theme !== null && save({ theme })}
        />
      </SettingRow>
    </div>
  );
}
