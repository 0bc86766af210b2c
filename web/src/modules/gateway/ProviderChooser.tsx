import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { ArrowLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowLeft';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useState, type FormEvent } from 'react';
import type { Provider, ProviderChoice, ProviderKey } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { useWidth } from '@/shared/shell/useWidth';
import classes from './ProviderDialog.module.css';
import { ProviderPane } from './ProviderPane';
import { ProviderPicker } from './ProviderPicker';
import { choiceOf, connectionOf, draftOf, missingFields, withProvider, type ProviderDraft } from './providerDraft';
import { useChooseProvider, useTestProvider } from './queries';
import { WayPicker } from './WayPicker';

interface ProviderChooserProps {
  providers: Provider[];
  choice: ProviderChoice;
  keys: ProviderKey[];
  onClose: () => void;
}

export function ProviderChooser({ providers, choice, keys, onClose }: ProviderChooserProps) {
  const t = useT();
  const text = useProblemText();
  const phone = useWidth() === 'phone';
  const { preferences } = useMe();
  const savePreferences = useSavePreferences();
  const choose = useChooseProvider();
  const test = useTestProvider();
  const [draft, setDraft] = useState(() => draftOf(choice));
  const [second, setSecond] = useState(false);
  const [asked, setAsked] = useState(false);
  const [hide, setHide] = useState(preferences.hideProviderPrompt);

  const provider = providers.find(({ id }) => id === draft.provider);
  const saved = keys.find((key) => key.provider === draft.provider && key.enabled);
  const missing = missingFields(draft, provider, saved);
  const closed = draft.way === 'key' && provider !== undefined && (provider.status === 'closed' || !provider.usable);

  const change = (next: Partial<ProviderDraft>) => {
    if ('apiKey' in next || 'baseUrl' in next || 'settings' in next) test.reset();
    setDraft({ ...draft, ...next });
  };
  const pick = (id: string, apiKey = '') => {
    test.reset();
    setAsked(false);
    setDraft(withProvider(draft, id, apiKey));
    if (phone) setSecond(true);
  };
  const runTest = () => test.mutateAsync({ provider: draft.provider, ...connectionOf(draft), ...(draft.apiKey === '' && saved && { keyId: saved.id }) });

  const save = async (chosen = draft) => {
    await choose.mutateAsync(choiceOf(chosen));
    if (hide !== preferences.hideProviderPrompt) savePreferences.mutate({ hideProviderPrompt: hide });
    onClose();
  };
  const attempt = (work: () => Promise<unknown>) => {
    work().catch((error: unknown) => notify(text(error), { kind: 'bad' }));
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (phone && draft.way === 'key' && !second && provider) return setSecond(true);
    setAsked(true);
    if (missing.length > 0 || closed) return;
    attempt(async () => {
      const untested = draft.way === 'key' && draft.apiKey.trim() !== '' && test.data === undefined;
      if (untested && !(await runTest()).works) return;
      if (untested || draft.way !== 'key' || test.data === undefined || test.data.works) await save();
    });
  };

  const refused = test.data?.works === false;
  const list = draft.way === 'key' && (
    <ProviderPicker providers={providers} chosen={draft.provider} onPick={pick} missing={asked && missing.includes('provider')} />
  );
  const pane = draft.way === 'key' && (
    <ProviderPane
      provider={provider}
      providers={providers}
      draft={draft}
      saved={saved}
      missing={asked ? missing : []}
      test={test.data}
      testing={test.isPending}
      onChange={change}
      onPick={pick}
      onTest={() => {
        setAsked(true);
        if (missing.length === 0) attempt(runTest);
      }}
    />
  );

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {phone && second ? (
        <div className={classes.stepBar}>
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('shell.back')} onClick={() => setSecond(false)}>
            <ArrowLeftIcon size={19} />
          </ActionIcon>
          <h1>{t('gateway.dialog.title')}</h1>
          <span className="at-meta">{t('gateway.dialog.step', { step: 2, of: 2 })}</span>
        </div>
      ) : (
        <header className={classes.head}>
          <h1>{t('gateway.dialog.title')}</h1>
          <p>{t('gateway.dialog.text')}</p>
          <ActionIcon className={classes.close} variant="subtle" color="gray" size={phone ? 44 : 34} aria-label={t('gateway.dialog.notNow')} onClick={onClose}>
            <XIcon size={18} />
          </ActionIcon>
        </header>
      )}
      <div className={phone ? classes.scroll : classes.form}>
        {!(phone && second) && (
          <WayPicker
            way={draft.way}
            ollama={providers.some(({ id, usable }) => id === 'ollama' && usable)}
            onPick={(way) => {
              test.reset();
              setDraft({ ...draft, way });
            }}
          />
        )}
        {draft.way === 'key' ? (
          <div className={classes.two}>
            {!(phone && second) && list}
            {(!phone || second) && pane}
          </div>
        ) : (
          <div className={classes.one}>
            <p>{t(draft.way === 'offline' ? 'gateway.offline.text' : 'gateway.ollama.text')}</p>
            <p>{t(draft.way === 'offline' ? 'gateway.offline.later' : 'gateway.ollama.later')}</p>
          </div>
        )}
      </div>
      <footer className={classes.foot}>
        <Checkbox label={t('gateway.dialog.hide')} checked={hide} onChange={(event) => setHide(event.currentTarget.checked)} />
        {!phone && <span className="at-meta">{t('gateway.dialog.later')}</span>}
        <div className={classes.footEnd}>
          {draft.way !== 'offline' &&
            (refused ? (
              <Button variant={phone ? 'default' : 'subtle'} color="gray" onClick={() => attempt(() => save())}>
                {t('gateway.dialog.saveAnyway')}
              </Button>
            ) : (
              <Button variant={phone ? 'default' : 'subtle'} color="gray" onClick={() => attempt(() => save({ ...draft, way: 'offline' }))}>
                {t('gateway.dialog.offlineNow')}
              </Button>
            ))}
          <Button type="submit" loading={choose.isPending || test.isPending} disabled={closed}>
            {t(phone && draft.way === 'key' && !second ? 'gateway.dialog.next' : 'gateway.dialog.save')}
          </Button>
        </div>
      </footer>
    </form>
  );
}
