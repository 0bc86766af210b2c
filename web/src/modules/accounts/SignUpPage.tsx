import { Button } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { useHouse } from '@/shared/session/queries';
import { AccountForm } from './AccountForm';
import { EntryPage } from './EntryPage';
import classes from './EntryPage.module.css';

/** `/sign-up`, or `/sign-up#{invitation}`: a fragment, so that no log ever holds it. */
export function SignUpPage() {
  const t = useT();
  const house = useHouse();
  const invitation = useLocation({ select: ({ hash }) => hash });
  if (house.registration === 'closed' || (house.registration === 'invite' && invitation === '')) {
    return (
      <EntryPage title={t('accounts.signUp.closed')} text={t(house.registration === 'invite' ? 'accounts.signUp.invite' : 'problem.registrationClosed')}>
        <div className={classes.fields}>
          <Button component={Link} to="/sign-in" size="md" variant="default" fullWidth>
            {t('accounts.signIn')}
          </Button>
        </div>
      </EntryPage>
    );
  }
  return (
    <EntryPage title={t('accounts.signUp.title', { house: house.name })} text={t(invitation === '' ? 'accounts.signUp.text' : 'accounts.signUp.invited')}>
      <AccountForm {...(invitation !== '' && { invitation })} submitLabel={t('accounts.signUp.make')} />
      <p className={classes.below}>
        <span>
          {t('accounts.signUp.have')} <Link to="/sign-in">{t('accounts.signIn')}</Link>
        </span>
      </p>
    </EntryPage>
  );
}
