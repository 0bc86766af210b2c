import { Link, useLocation } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { modules } from '@/app/modules';
import classes from './PhoneTabs.module.css';
import { YouMenu } from './YouMenu';

/** The apps along the bottom edge, on top levels only: inside a conversation the page has the room. */
export function PhoneTabs() {
  const t = useT();
  const path = useLocation({ select: (location) => location.pathname.replace(/\/$/, '') });
  const begins = useLocation({ select: ({ search }) => 'new' in search });
  if (begins || (!modules.some((module) => module.path === path) && path !== '/settings')) return null;
  return (
    <nav className={classes.tabs} aria-label={t('shell.apps')}>
      {modules.map(({ id, path: to, name, icon: Icon, colour }) => (
        <Link key={id} to={to} className={classes.tab} style={{ '--app': colour }}>
          {({ isActive }) => (
            <>
              <Icon size={24} weight={isActive ? 'fill' : 'regular'} aria-hidden />
              {t(name)}
            </>
          )}
        </Link>
      ))}
      <YouMenu named />
    </nav>
  );
}
