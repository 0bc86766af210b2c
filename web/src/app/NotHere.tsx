import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { FullPage } from '@/shared/ui/FullPage';

/** For an address that leads nowhere and for one that belongs to somebody else: nobody learns which. */
export function NotHere() {
  const t = useT();
  return (
    <FullPage title={t('shell.notHere.title')} text={t('shell.notHere.text')}>
      <Button component={Link} to="/">
        {t('shell.notHere.home')}
      </Button>
    </FullPage>
  );
}
