import { CoinsIcon } from '@phosphor-icons/react/dist/csr/Coins';
import { GearSixIcon } from '@phosphor-icons/react/dist/csr/GearSix';
import { KeyboardIcon } from '@phosphor-icons/react/dist/csr/Keyboard';
import { MoonIcon } from '@phosphor-icons/react/dist/csr/Moon';
import { PlugsConnectedIcon } from '@phosphor-icons/react/dist/csr/PlugsConnected';
import { SignOutIcon } from '@phosphor-icons/react/dist/csr/SignOut';
import { SunIcon } from '@phosphor-icons/react/dist/csr/Sun';
import { useNavigate } from '@tanstack/react-router';
import { modules } from '@/app/modules';
import { useT } from '@/shared/i18n/language';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { useSignOut } from '@/shared/session/useSignOut';
import { openDialog } from '@/shared/shell/shellStore';
import { useColorScheme } from '@/shared/theme/useColorScheme';
import { PersonaAvatar } from '@/shared/ui/PersonaAvatar';
import type { Command } from './arrange';

const settings = [
  { names: ['settings.title', 'settings.general', 'settings.appearance'], to: '/settings/general/appearance' },
  { names: ['settings.title', 'settings.general', 'settings.language'], to: '/settings/general/language' },
  { names: ['settings.title', 'settings.general', 'settings.provider'], to: '/settings/general/api-provider', key: 'P' },
  { names: ['settings.title', 'settings.profile'], to: '/settings/profile' },
  { names: ['settings.title', 'settings.devices'], to: '/settings/sign-in-and-devices' },
  { names: ['settings.title', 'settings.programs'], to: '/settings/keys-for-programs' },
  { names: ['settings.title', 'settings.data'], to: '/settings/your-data' },
  { names: ['settings.title', 'settings.keyboard'], to: '/settings/keyboard' },
] as const;

const houseSettings = [
  { names: ['settings.house', 'settings.people'], to: '/settings/house/people' },
  { names: ['settings.house', 'settings.groups'], to: '/settings/house/groups' },
  { names: ['settings.house', 'settings.registration'], to: '/settings/house/registration' },
  { names: ['settings.house', 'settings.notices'], to: '/settings/house/notices' },
  { names: ['settings.house', 'settings.spending'], to: '/settings/house/spending' },
  { names: ['settings.house', 'settings.prices'], to: '/settings/house/prices' },
  { names: ['settings.house', 'settings.houseKeys'], to: '/settings/house/provider-keys' },
  { names: ['settings.house', 'settings.limits'], to: '/settings/house/limits' },
  { names: ['settings.house', 'settings.audit'], to: '/settings/house/audit' },
  { names: ['settings.house', 'settings.connection'], to: '/settings/house/connection' },
] as const;

/** What can be done and where one can go from anywhere. */
export function useCommands(query: string): Command[] {
  const t = useT();
  const navigate = useNavigate();
  const isAdmin = useMe().role === 'admin';
  const save = useSavePreferences();
  const signOut = useSignOut();
  const dark = useColorScheme() === 'dark';
  const chord = (letter: string) => t('palette.then', { first: 'G', second: letter.toUpperCase() });

  const asking = query === '' ? [] : modules.flatMap(({ id, ask }): Command[] => (ask ? [{ id: `ask ${id}`, kind: 'do', made: true, title: t('palette.ask', { question: query }), where: t('palette.ask.where'), icon: <PersonaAvatar persona="diszi" size={22} />, run: () => void navigate({ to: ask(query) }) }] : []));

  return [
    ...asking,
    { id: 'provider', kind: 'do', title: t('palette.provider'), icon: <PlugsConnectedIcon size={18} />, run: () => openDialog('provider') },
    { id: 'theme', kind: 'do', title: t(dark ? 'shell.day' : 'shell.night'), icon: dark ? <SunIcon size={18} /> : <MoonIcon size={18} />, run: () => save.mutate({ theme: dark ? 'light' : 'dark' }) },
    { id: 'keys', kind: 'do', title: t('shell.allKeys'), where: '?', icon: <KeyboardIcon size={18} />, run: () => openDialog('keys') },
    { id: 'signOut', kind: 'do', title: t('shell.signOut'), icon: <SignOutIcon size={18} />, run: () => void signOut() },
    ...modules.map(
      ({ id, name, path, key, icon: Icon, colour }): Command => ({ id: `go ${id}`, kind: 'go', title: t(name), where: chord(key), icon: <Icon size={18} weight="fill" color={colour} />, run: () => void navigate({ to: path }) }),
    ),
    { id: '/costs', kind: 'go', title: t('costs.title'), where: chord('m'), icon: <CoinsIcon size={18} />, run: () => void navigate({ to: '/costs', search: {} }) },
    ...[...settings, ...(isAdmin ? houseSettings : [])].map(
      ({ names, to, ...rest }): Command => ({ id: to, kind: 'go', title: names.map((name) => t(name)).join(', '), where: 'key' in rest ? chord(rest.key) : undefined, icon: <GearSixIcon size={18} />, run: () => void navigate({ to }) }),
    ),
  ];
}
