import { Button, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { Note } from './Note';
import { useAfter } from './useAfter';

interface QueryStateProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isFetching' | 'refetch'>;
  /** Said when it takes more than a second: "Opening the list". */
  opening: string;
  /** Of what will stand here, in pixels. */
  height?: number;
  /** Its shape, where a single box would not do. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** What was asked of the house; until it is here a shape in its place, and where it does not come the reason and another try. */
export function QueryState<T>({ query, opening, height = 0, skeleton, children }: QueryStateProps<T>) {
  const t = useT();
  const text = useProblemText();
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return <Coming opening={opening} shape={skeleton ?? <Skeleton height={height} radius="lg" />} />;
  return (
    <Note
      kind="bad"
      role="alert"
      actions={
        <Button size="xs" variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
          {t('shell.tryAgain')}
        </Button>
      }
    >
      {text(query.error)}
    </Note>
  );
}

function Coming({ opening, shape }: { opening: string; shape: ReactNode }) {
  const long = useAfter(1000);
  return (
    <div aria-busy="true">
      {shape}
      <p className="at-meta" role="status">
        {long ? opening : ''}
      </p>
    </div>
  );
}
