import { Button } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { FullPage } from '@/shared/ui/FullPage';
import { NotHere } from './NotHere';

/** A page that could not be opened: why, and a way on. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const t = useT();
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const text = useProblemText();
  if (error instanceof Problem && error.status === 404) return <NotHere />;
  return (
    <FullPage title={t('shell.problem.title')} text={text(error)}>
      <Button
        onClick={() => {
          queries.reset();
          reset();
          void router.invalidate();
        }}
      >
        {t('shell.tryAgain')}
      </Button>
    </FullPage>
  );
}
