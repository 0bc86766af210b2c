import { Link } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { Mark } from '@/shared/ui/Mark';
import { modules } from '@/app/modules';
import { CostsLink } from './CostsLink';
import classes from './Rail.module.css';
import { YouMenu } from './YouMenu';

/** The apps by name, and you. */
export function Rail() {
  const t = useT();
  return (
    <nav className={classes.rail} aria-label={t('shell.apps')}>
      <Link to="/" className={classes.mark} aria-label={t('shell.home')}>
        <Mark />
      </Link>
      {modules.map(({ id, path, name, icon: Icon, colour }) => (
        <Link key={id} to={path} className={classes.app} style={{ '--app': colour }}>
          {({ isActive }) => (
            <>
              <Icon size={22} weight={isActive ? 'fill' : 'regular'} aria-hidden />
              {t(name)}
            </>
          )}
        </Link>
      ))}
      <span className="at-grow" />
      <CostsLink />
      <YouMenu />
    </nav>
  );
}
