import { UnstyledButton } from '@mantine/core';
import { CoinsIcon } from '@phosphor-icons/react/dist/csr/Coins';
import { GearSixIcon } from '@phosphor-icons/react/dist/csr/GearSix';
import { KeyboardIcon } from '@phosphor-icons/react/dist/csr/Keyboard';
import { MoonIcon } from '@phosphor-icons/react/dist/csr/Moon';
import { SignOutIcon } from '@phosphor-icons/react/dist/csr/SignOut';
import { SunIcon } from '@phosphor-icons/react/dist/csr/Sun';
import { useLocation } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { useSignOut } from '@/shared/session/useSignOut';
import { openDialog } from '@/shared/shell/shellStore';
import { LazyMenu } from '@/shared/ui/LazyMenu';
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
  const name = me.displayName || me.username;
  return (
    <LazyMenu
      position={named ? 'top-end' : 'right-end'}
      width={232}
      target={
        <UnstyledButton className={classes.you} data-named={named} data-on={inSettings} aria-label={t('shell.yourMenu', { name })}>
          <PersonAvatar name={name} picture={me.avatarId} size={named ? 26 : 34} />
          {named && (
            <span className="at-cut" dir="auto">
              {name}
            </span>
          )}
        </UnstyledButton>
      }
      entries={[
        {
          kind: 'heading',
          className: classes.who,
          text: (
            <>
              <b className="at-cut" dir="auto">
                {name}
              </b>
              <span>{t(`shell.role.${me.role}`)}</span>
            </>
          ),
        },
        { kind: 'divider' },
        ...(named ? [{ kind: 'link' as const, text: t('costs.title'), icon: <CoinsIcon size={17} />, to: '/costs' }] : []),
        { kind: 'link', text: t('shell.settings'), icon: <GearSixIcon size={17} />, to: '/settings' },
        { kind: 'item', text: t('shell.allKeys'), icon: <KeyboardIcon size={17} />, onPick: () => openDialog('keys') },
        { kind: 'item', text: t(dark ? 'shell.day' : 'shell.night'), icon: dark ? <SunIcon size={17} /> : <MoonIcon size={17} />, onPick: () => save.mutate({ theme: dark ? 'light' : 'dark' }) },
        { kind: 'divider' },
        { kind: 'item', text: t('shell.signOut'), icon: <SignOutIcon size={17} />, onPick: () => void signOut() },
      ]}
    />
  );
}
