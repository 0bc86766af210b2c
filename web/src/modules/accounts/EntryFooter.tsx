import { Menu, Popover, UnstyledButton } from '@mantine/core';
import { TranslateIcon } from '@phosphor-icons/react/dist/csr/Translate';
import type { Locale } from '@/api/types';
import { setLocale, useLocale, useT } from '@/shared/i18n/language';
import { localeNames } from '@/shared/i18n/messages';
import classes from './EntryFooter.module.css';

/** The language, and what this place is, for whoever was sent an address. */
export function EntryFooter() {
  const t = useT();
  const locale = useLocale();
  return (
    <footer className={classes.footer}>
      <Menu position="top" radius="lg" shadow="md">
        <Menu.Target>
          <UnstyledButton className={classes.language} aria-label={t('accounts.language', { language: localeNames[locale] })}>
            <TranslateIcon size={18} aria-hidden />
            {localeNames[locale]}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.entries(localeNames) as [Locale, string][]).map(([each, name]) => (
            <Menu.Item key={each} lang={each} onClick={() => void setLocale(each)} aria-current={each === locale}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Popover width={320} position="top" radius="lg" shadow="md" withArrow>
        <Popover.Target>
          <UnstyledButton className={classes.what}>{t('accounts.what')}</UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>{t('accounts.what.text')}</Popover.Dropdown>
      </Popover>
    </footer>
  );
}
