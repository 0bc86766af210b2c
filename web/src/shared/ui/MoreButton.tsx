import { Button } from '@mantine/core';
import { useT } from '@/shared/i18n/language';

interface MoreButtonProps {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** Below a list that goes on. */
export function MoreButton({ list }: MoreButtonProps) {
  const t = useT();
  if (!list.hasNextPage) return null;
  return (
    <Button mt="sm" variant="default" size="xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {t('shell.more')}
    </Button>
  );
}
