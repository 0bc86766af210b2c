import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { lookAgain } from '@/shared/http/connection';
import { useT } from '@/shared/i18n/language';
import { FullPage } from '@/shared/ui/FullPage';
import { useRetry } from './shell/useRetry';

/** When the house does not answer and there is nothing to show without it. */
export function OfflinePage({ onFound }: { onFound?: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const { seconds, tryNow } = useRetry(async () => {
    if (!(await lookAgain())) return;
    if (onFound) onFound();
    else await navigate({ to: '/' });
  });
  return (
    <FullPage title={t('shell.offline.title')} text={t('shell.offline.text')}>
      <Button onClick={tryNow}>{t('shell.offline.now')}</Button>
      <span role="timer" className="at-meta" style={{ alignSelf: 'center' }}>
        {t('shell.offline.again', { count: seconds })}
      </span>
    </FullPage>
  );
}
