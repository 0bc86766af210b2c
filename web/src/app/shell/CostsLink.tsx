import { CoinsIcon } from '@phosphor-icons/react/dist/csr/Coins';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { limitsQuery } from '@/modules/gateway/limits/queries';
import { useT } from '@/shared/i18n/language';
import { useAfter } from '@/shared/ui/useAfter';
import classes from './Rail.module.css';

const LimitWatch = lazy(async () => ({ default: (await import('@/modules/gateway/limits/LimitWatch')).LimitWatch }));

/** The way to what is spent, marked while a limit is reached or close. */
export function CostsLink() {
  const t = useT();
  const close = useLimitState();
  return (
    <Link to="/costs" search={{}} activeOptions={{ includeSearch: false }} className={classes.app} style={{ '--app': 'var(--at-action-text)' }}>
      {({ isActive }) => (
        <>
          <span className={classes.icon}>
            <CoinsIcon size={22} weight={isActive ? 'fill' : 'regular'} aria-hidden />
            {close && <i className={classes.pip} data-state={close} />}
          </span>
          {t('costs.title')}
          {close && <span className="at-hidden">{t(close === 'reached' ? 'limits.pip.reached' : 'limits.pip.alert')}</span>}
        </>
      )}
    </Link>
  );
}

/** Looks after the page itself is there: no first load waits for it. */
export function LimitNotices() {
  const enabled = useAfter(2500);
  return <Suspense fallback={null}>{enabled && <LimitWatch />}</Suspense>;
}

/** As far as it was asked already. */
function useLimitState(): 'alert' | 'reached' | undefined {
  const { data } = useQuery({ ...limitsQuery('own'), enabled: false });
  return data?.some(({ state }) => state === 'reached') ? 'reached' : data?.some(({ state }) => state === 'alert') ? 'alert' : undefined;
}
