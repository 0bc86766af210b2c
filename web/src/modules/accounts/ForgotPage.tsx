import { Button } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import { EntryPage } from './EntryPage';
import classes from './EntryPage.module.css';

/** `/forgot` and `/reset`: this house sends no mail, so it says who can help instead of pretending to. */
export function ForgotPage() {
  const t = useT();
  const reset = useLocation({ select: ({ pathname }) => pathname.startsWith('/reset') });
  return (
    <EntryPage title={t(reset ? 'accounts.reset.title' : 'accounts.forgot.title')} text={t('accounts.forgot.text')}>
      <div className={classes.fields}>
        <Note title={t('accounts.forgot.admin')}>{t('accounts.forgot.admin.text')}</Note>
        <Button component={Link} to="/sign-in" size="md" variant="default" fullWidth>
          {t('accounts.forgot.back')}
        </Button>
      </div>
    </EntryPage>
  );
}
