import { Button } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { FullPage } from '@/shared/ui/FullPage';
import { NotHere } from './NotHere';
import { OfflinePage } from './OfflinePage';

/** A page that could not be opened: why, and a way on. */
export function RouteProblem({ error }: ErrorComponentProps) {
  const t = useT();
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const text = useProblemText();

  const again = useCallback(() => {
    queries.reset();
    void router.invalidate();
  }, [queries, router]);

  if (error instanceof Problem && error.status === 404) return <NotHere />;
  if (error instanceof Problem && error.status === 0) return <OfflinePage onFound={again} />;
  return (
    <FullPage title={t('shell.problem.title')} text={text(error)}>
      <Button onClick={again}>{t('shell.tryAgain')}</Button>
    </FullPage>
  );
}
