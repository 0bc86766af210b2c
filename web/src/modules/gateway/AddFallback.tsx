import { Button, Menu } from '@mantine/core';
import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus';
import { useQuery } from '@tanstack/react-query';
import type { Provider, ProviderKey } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { openDialog } from '@/shared/shell/shellStore';
import { candidates, fallbacksQuery, mostFallbacks, useSetFallbacks } from './fallbacks';

/** Puts one more provider at the end of the list; with none at hand, the way to a key. */
export function AddFallback({ providers, keys }: { providers: Provider[]; keys: ProviderKey[] }) {
  const t = useT();
  const text = useProblemText();
  const { data: items } = useQuery(fallbacksQuery);
  const set = useSetFallbacks();
  const offered = candidates(providers, keys);
  if (!items) return null;

  const add = ({ id }: Provider) => set.mutate([...items, { provider: id, model: null, keyId: null }], { onError: (error) => notify(text(error), { kind: 'bad' }) });
  return (
    <Menu position="bottom-end" radius="lg" shadow="md" width={240}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<PlusIcon size={14} weight="bold" />} disabled={items.length >= mostFallbacks}>
          {t('gateway.fallbacks.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {offered.map((provider) => (
          <Menu.Item key={provider.id} onClick={() => add(provider)}>
            {provider.name}
          </Menu.Item>
        ))}
        {offered.length === 0 && <Menu.Label>{t('gateway.fallbacks.noKey')}</Menu.Label>}
        {offered.length > 0 && <Menu.Divider />}
        <Menu.Item leftSection={<PlusIcon size={14} />} onClick={() => openDialog('key')}>
          {t('gateway.keys.add')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
