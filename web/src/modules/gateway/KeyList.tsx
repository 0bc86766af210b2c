import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Provider, ProviderChoice, ProviderKey } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { KeyRow } from './KeyRow';
import classes from './KeyList.module.css';
import { keysQuery, useChangeKey, useChooseProvider, useDeleteKey } from './queries';
import { ReplaceKeyDialog } from './ReplaceKeyDialog';

/** The keys sealed here, by fingerprint. A deleted one is paused at once and destroyed when its Undo has passed. */
export function KeyList({ keys, providers, choice }: { keys: ProviderKey[]; providers: Provider[]; choice: ProviderChoice }) {
  const t = useT();
  const text = useProblemText();
  const client = useQueryClient();
  const change = useChangeKey();
  const destroy = useDeleteKey();
  const choose = useChooseProvider();
  const [replacing, setReplacing] = useState<ProviderKey>();
  const [leaving, setLeaving] = useState<readonly string[]>([]);
  const providerOf = (key: ProviderKey) => providers.find(({ id }) => id === key.provider);
  const replaced = replacing && providerOf(replacing);
  const shown = keys.filter(({ id }) => !leaving.includes(id));

  const back = (id: string) => setLeaving((ids) => ids.filter((each) => each !== id));
  const failed = (error: unknown) => notify(text(error), { kind: 'bad' });

  const remove = async (key: ProviderKey) => {
    setLeaving((ids) => [...ids, key.id]);
    try {
      await change.mutateAsync({ id: key.id, enabled: false });
    } catch (error) {
      back(key.id);
      failed(error);
      return;
    }
    notify(t('gateway.key.deleted', { name: key.name }), {
      undo: () => {
        change.mutate({ id: key.id, enabled: key.enabled }, { onError: failed, onSettled: () => back(key.id) });
      },
      gone: () => {
        destroy.mutate(key.id, {
          onError: (error) => {
            back(key.id);
            failed(error);
          },
          onSuccess: () => client.setQueryData(keysQuery.queryKey, (all) => all?.filter(({ id }) => id !== key.id)),
        });
      },
    });
  };

  if (shown.length === 0) return <p className={`at-card ${classes.empty}`}>{t('gateway.keys.none')}</p>;
  return (
    <>
      <ul className="at-card">
        {shown.map((key) => (
          <KeyRow
            key={key.id}
            item={key}
            provider={providerOf(key)}
            inUse={key.id === choice.keyId}
            onUse={() => choose.mutate({ provider: key.provider, keyId: key.id, ...(choice.provider === key.provider && choice.model != null && { model: choice.model }) }, { onError: failed })}
            onReplace={() => setReplacing(key)}
            onRename={(name) => change.mutate({ id: key.id, name }, { onError: failed })}
            onToggle={() => change.mutate({ id: key.id, enabled: !key.enabled }, { onError: failed })}
            onDelete={() => void remove(key)}
          />
        ))}
      </ul>
      {replacing && replaced && <ReplaceKeyDialog item={replacing} provider={replaced} onClose={() => setReplacing(undefined)} />}
    </>
  );
}
