import { CoinsIcon } from '@phosphor-icons/react/dist/csr/Coins';
import { DatabaseIcon } from '@phosphor-icons/react/dist/csr/Database';
import { DoorOpenIcon } from '@phosphor-icons/react/dist/csr/DoorOpen';
import { GaugeIcon } from '@phosphor-icons/react/dist/csr/Gauge';
import { KeyIcon } from '@phosphor-icons/react/dist/csr/Key';
import { KeyboardIcon } from '@phosphor-icons/react/dist/csr/Keyboard';
import { ListChecksIcon } from '@phosphor-icons/react/dist/csr/ListChecks';
import { MegaphoneIcon } from '@phosphor-icons/react/dist/csr/Megaphone';
import { PlugsConnectedIcon } from '@phosphor-icons/react/dist/csr/PlugsConnected';
import { ShieldCheckIcon } from '@phosphor-icons/react/dist/csr/ShieldCheck';
import { SlidersHorizontalIcon } from '@phosphor-icons/react/dist/csr/SlidersHorizontal';
import { TagIcon } from '@phosphor-icons/react/dist/csr/Tag';
import { UserCircleIcon } from '@phosphor-icons/react/dist/csr/UserCircle';
import { UsersIcon } from '@phosphor-icons/react/dist/csr/Users';
import { UsersThreeIcon } from '@phosphor-icons/react/dist/csr/UsersThree';
import { VaultIcon } from '@phosphor-icons/react/dist/csr/Vault';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useT } from '@/shared/i18n/language';
import { AppLayout } from '@/shared/shell/AppLayout';
import { Bar } from '@/shared/shell/Bar';
import { useMe } from '@/shared/session/queries';
import { setListOpen } from '@/shared/shell/shellStore';
import { useWidth } from '@/shared/shell/useWidth';
import { ListHeader } from '@/shared/ui/ListHeader';
import listClasses from '@/shared/ui/List.module.css';
import classes from './SettingsFrame.module.css';

const pages = [
  { path: '/settings/profile', to: '/settings/profile', name: 'settings.profile', icon: UserCircleIcon },
  { path: '/settings/general', to: '/settings/general/appearance', name: 'settings.general', icon: SlidersHorizontalIcon },
  { path: '/settings/sign-in-and-devices', to: '/settings/sign-in-and-devices', name: 'settings.devices', icon: ShieldCheckIcon },
  { path: '/settings/keys-for-programs', to: '/settings/keys-for-programs', name: 'settings.programs', icon: KeyIcon },
  { path: '/settings/your-data', to: '/settings/your-data', name: 'settings.data', icon: DatabaseIcon },
  { path: '/settings/keyboard', to: '/settings/keyboard', name: 'settings.keyboard', icon: KeyboardIcon },
] as const;

const housePages = [
  { path: '/settings/house/people', to: '/settings/house/people', name: 'settings.people', icon: UsersIcon },
  { path: '/settings/house/groups', to: '/settings/house/groups', name: 'settings.groups', icon: UsersThreeIcon },
  { path: '/settings/house/registration', to: '/settings/house/registration', name: 'settings.registration', icon: DoorOpenIcon },
  { path: '/settings/house/notices', to: '/settings/house/notices', name: 'settings.notices', icon: MegaphoneIcon },
  { path: '/settings/house/spending', to: '/settings/house/spending', name: 'settings.spending', icon: CoinsIcon },
  { path: '/settings/house/prices', to: '/settings/house/prices', name: 'settings.prices', icon: TagIcon },
  { path: '/settings/house/provider-keys', to: '/settings/house/provider-keys', name: 'settings.houseKeys', icon: VaultIcon },
  { path: '/settings/house/limits', to: '/settings/house/limits', name: 'settings.limits', icon: GaugeIcon },
  { path: '/settings/house/audit', to: '/settings/house/audit', name: 'settings.audit', icon: ListChecksIcon },
  { path: '/settings/house/connection', to: '/settings/house/connection', name: 'settings.connection', icon: PlugsConnectedIcon },
] as const;

const tabs = [
  { to: '/settings/general/appearance', name: 'settings.appearance' },
  { to: '/settings/general/language', name: 'settings.language' },
  { to: '/settings/general/api-provider', name: 'settings.provider' },
] as const;

/** Settings: the pages at the left, one of them at the right; on phones one after the other. */
export function SettingsFrame() {
  const t = useT();
  const navigate = useNavigate();
  const width = useWidth();
  const path = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, '') });
  const me = useMe();
  const page = [...pages, ...housePages].find((each) => path.startsWith(each.path));
  const top = path === '/settings';

  useEffect(() => {
    if (top && width !== 'phone') void navigate({ to: '/settings/general/appearance', replace: true });
  }, [top, width, navigate]);

  const link = ({ path: each, to, name, icon: Icon }: (typeof pages)[number] | (typeof housePages)[number]) => (
    <Link key={each} to={to} className={listClasses.item} aria-current={page?.path === each ? 'page' : undefined} onClick={() => setListOpen(false)}>
      <Icon size={18} aria-hidden />
      <span className={listClasses.text}>{t(name)}</span>
    </Link>
  );

  const list = (
    <>
      <ListHeader title={t('settings.title')} />
      <nav className={classes.list} aria-label={t('settings.title')}>
        <h3 className={listClasses.section}>{t('settings.you')}</h3>
        {pages.map(link)}
        {me.role === 'admin' && (
          <>
            <h3 className={listClasses.section}>{t('settings.house')}</h3>
            {housePages.map(link)}
          </>
        )}
      </nav>
    </>
  );

  return (
    <AppLayout list={list} listLabel={t('settings.title')} phone={top ? 'list' : 'main'}>
      <Bar title={t(page?.name ?? 'settings.title')} back="/settings" />
      <div className={classes.page}>
        <div className={classes.inner}>
          {page?.path === '/settings/general' && (
            <nav className={classes.tabs} aria-label={t('settings.general')}>
              {tabs.map(({ to, name }) => (
                <Link key={to} to={to} className={classes.tab}>
                  {t(name)}
                </Link>
              ))}
            </nav>
          )}
          <Outlet />
        </div>
      </div>
    </AppLayout>
  );
}
