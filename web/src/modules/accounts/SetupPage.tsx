import { Button } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { useHouse } from '@/shared/session/queries';
import { Note } from '@/shared/ui/Note';
import { AccountForm } from './AccountForm';
import { EntryPage } from './EntryPage';
import classes from './EntryPage.module.css';

/** `/setup#{token}`: makes the first admin, once. The token is a fragment, so that no log ever holds it. */
export function SetupPage() {
  const t = useT();
  const { setupNeeded } = useHouse();
  const token = useLocation({ select: ({ hash }) => hash });

  if (!setupNeeded) {
    return (
      <EntryPage title={t('accounts.setup.done')} text={t('accounts.setup.done.text')}>
        <div className={classes.fields}>
          <Button component={Link} to="/sign-in" size="md" fullWidth>
            {t('accounts.signIn')}
          </Button>
        </div>
      </EntryPage>
    );
  }
  return (
    <EntryPage title={t('accounts.setup.title')} text={t('accounts.setup.text')}>
      {token === '' ? (
        <div className={classes.fields}>
          <Note kind="live" title={t('accounts.setup.noToken')}>
            {t('accounts.setup.noToken.text')}
          </Note>
        </div>
      ) : (
        <>
          <AccountForm setupToken={token} submitLabel={t('accounts.setup.open')} />
          <p className={classes.below}>{t('accounts.setup.next')}</p>
        </>
      )}
    </EntryPage>
  );
}
