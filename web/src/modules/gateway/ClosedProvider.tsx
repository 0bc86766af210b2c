import { Button } from '@mantine/core';
import type { Provider } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';

interface ClosedProviderProps {
  provider: Provider;
  providers: Provider[];
  onPick: (id: string) => void;
}

/** Why a provider cannot be chosen, and who can be instead. */
export function ClosedProvider({ provider, providers, onPick }: ClosedProviderProps) {
  const t = useT();
  const replacement = providers.find(({ id }) => id === provider.replacement);
  if (provider.status === 'active') {
    return (
      <Note kind="live" title={t('gateway.notUsable.title', { provider: provider.name })}>
        {t('gateway.notUsable.text')}
      </Note>
    );
  }
  return (
    <Note
      kind="live"
      title={t('gateway.closed.title', { provider: provider.name })}
      actions={
        replacement && (
          <Button size="xs" variant="default" onClick={() => onPick(replacement.id)}>
            {t('gateway.closed.use', { provider: replacement.name })}
          </Button>
        )
      }
    >
      {t('gateway.closed.text')}
    </Note>
  );
}
