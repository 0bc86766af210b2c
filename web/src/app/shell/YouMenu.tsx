import { Menu, UnstyledButton } from '@mantine/core';
import { GearSixIcon } from '@phosphor-icons/react/dist/csr/GearSix';
import { KeyboardIcon } from '@phosphor-icons/react/dist/csr/Keyboard';
import { MoonIcon } from '@phosphor-icons/react/dist/csr/Moon';
import { SignOutIcon } from '@phosphor-icons/react/dist/csr/SignOut';
import { SunIcon } from '@phosphor-icons/react/dist/csr/Sun';
import { Link, useLocation } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { useSignOut } from '@/shared/session/useSignOut';
import { openDialog } from '@/shared/shell/shellStore';
import { PersonAvatar } from '@/shared/ui/PersonAvatar';
import { useColorScheme } from '@/shared/theme/useColorScheme';
import classes from './YouMenu.module.css';

/** Your name, and what is yours: settings, keys, the way out. */
export function YouMenu({ named = false }: { named?: boolean }) {
  const t = useT();
  const me = useMe();
  const save = useSavePreferences();
  const signOut = useSignOut();
  const inSettings = useLocation({ select: ({ pathname }) => pathname.startsWith('/settings') });
  const dark = useColorScheme() === 'dark';
  return (
    <Menu position={named ? 'top-end' : 'right-end'} width={232} shadow="md" radius="lg">
      <Menu.Target>
        <UnstyledButton className={classes.you} data-named={named} data-on={inSettings} aria-label={t('shell.yourMenu', { name: me.username })}>
          <PersonAvatar name={me.username} size={named ? 26 : 34} />
          {named && <span className="at-cut">{me.username}</span>}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.who}>
          <b className="at-cut">{me.username}</b>
          <span>{t(`shell.role.${me.role}`)}</span>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings" leftSection={<GearSixIcon size={17} />}>
          {t('shell.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<KeyboardIcon size={17} />} onClick={() => openDialog('keys')}>
          {t('shell.allKeys')}
        </Menu.Item>
        <Menu.Item leftSection={dark ? <SunIcon size={17} /> : <MoonIcon size={17} />} onClick={() => save.mutate({ theme: dark ? 'light' : 'dark' })}>
          {t(dark ? 'shell.day' : 'shell.night')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<SignOutIcon size={17} />} onClick={() => void signOut()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
