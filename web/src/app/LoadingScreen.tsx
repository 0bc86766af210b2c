import { useT } from '@/shared/i18n/language';
import { FullPage } from '@/shared/ui/FullPage';
import classes from './LoadingScreen.module.css';

/** While the house starts: what happens, and how long it may take. */
export function LoadingScreen() {
  const t = useT();
  return (
    <FullPage title="Atrium" text={t('shell.starting')}>
      <div className={classes.bar} role="progressbar" aria-label={t('shell.starting')} />
    </FullPage>
  );
}
