import { useState, type SubmitEvent } from 'react';
import type { Provider, ProviderChoice, ProviderKey } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { useWidth } from '@/shared/shell/useWidth';
import { chooseComputerModel, useComputer } from '@/shared/ollama/computerModels';
import { ComputerPane } from './ComputerPane';
import { DialogFoot } from './DialogFoot';
import { DialogHead } from './DialogHead';
import classes from './ProviderDialog.module.css';
import { ProviderPane } from './ProviderPane';
import { ProviderPicker } from './ProviderPicker';
import { choiceOf, connectionOf, draftOf, hasFreshSecret, keyOf, missingFields, withProvider, type ProviderDraft } from './providerDraft';
import { useAddKey, useChooseProvider, useTestProvider } from './queries';
import { WayPicker } from './WayPicker';

/** To choose who answers, or only to seal one more key. */
export type Purpose = 'choose' | 'add';

interface ProviderChooserProps {
  providers: Provider[];
  choice: ProviderChoice;
  keys: ProviderKey[];
  purpose: Purpose;
  onClose: () => void;
}

export function ProviderChooser({ providers, choice, keys, purpose, onClose }: ProviderChooserProps) {
  const t = useT();
  const text = useProblemText();
  const phone = useWidth() === 'phone';
  const { preferences } = useMe();
  const savePreferences = useSavePreferences();
  const choose = useChooseProvider();
  const add = useAddKey();
  const test = useTestProvider();
  const computer = useComputer(({ model }) => model);
  const [draft, setDraft] = useState(() => draftOf(purpose === 'choose' ? choice : undefined, computer));
  const [step, setStep] = useState<1 | 2>(1);
  const [insisting, setInsisting] = useState(false);
  const [hide, setHide] = useState(preferences.hideProviderPrompt);

  const provider = providers.find(({ id }) => id === draft.provider);
  const saved = purpose === 'choose' ? keys.find((key) => key.provider === draft.provider && key.enabled) : undefined;
  const missing = missingFields(draft, provider, saved);
  const closed = draft.way === 'key' && provider !== undefined && (provider.status === 'closed' || !provider.usable);
  const listShown = draft.way === 'key' && !(phone && step === 2);
  const paneShown = draft.way === 'key' && !(phone && step === 1);

  const change = (next: Partial<ProviderDraft>) => {
    if ('apiKey' in next || 'baseUrl' in next || 'settings' in next || 'way' in next) test.reset();
    setDraft({ ...draft, ...next });
  };
  const pick = (id: string, apiKey = '') => {
    test.reset();
    setInsisting(false);
    setDraft(withProvider(draft, id, apiKey));
    setStep(2);
  };
  const runTest = () => test.mutateAsync({ provider: draft.provider, ...connectionOf(draft), ...(!hasFreshSecret(draft, provider) && saved && { keyId: saved.id }) });

  const save = async (chosen: ProviderDraft) => {
    if (purpose === 'add') await add.mutateAsync(keyOf(chosen));
    else {
      await choose.mutateAsync(choiceOf(chosen));
      chooseComputerModel(chosen.way === 'computer' ? chosen.model : null);
    }
    if (purpose === 'choose' && hide !== preferences.hideProviderPrompt) savePreferences.mutate({ hideProviderPrompt: hide });
    onClose();
  };
  const attempt = (work: () => Promise<unknown>) => {
    work().catch((error: unknown) => notify(text(error), { kind: 'bad' }));
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (phone && step === 1 && provider && draft.way === 'key') {
      setStep(2);
      return;
    }
    setInsisting(true);
    if (missing.length > 0 || closed) return;
    attempt(async () => {
      const fresh = draft.way === 'key' && hasFreshSecret(draft, provider);
      const works = !fresh || (test.data ?? (await runTest())).works;
      if (works) await save(draft);
    });
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <DialogHead purpose={purpose} onBack={phone && step === 2 && draft.way === 'key' ? () => setStep(1) : undefined} onClose={onClose} />
      <div className={phone ? classes.scroll : classes.form}>
        {purpose === 'choose' && !(phone && paneShown) && (
          <WayPicker way={draft.way} ollama={providers.some(({ id, usable }) => id === 'ollama' && usable)} onPick={(way) => change({ way, model: '' })} />
        )}
        {draft.way === 'key' ? (
          <div className={classes.two}>
            {listShown && <ProviderPicker providers={providers} chosen={draft.provider} onPick={pick} missing={insisting && missing.includes('provider')} />}
            {paneShown && (
              <ProviderPane
                key={draft.provider}
                provider={provider}
                providers={providers}
                draft={draft}
                saved={saved}
                missing={insisting ? missing : []}
                test={test.data}
                testing={test.isPending}
                onChange={change}
                onPick={pick}
                onTest={() => {
                  setInsisting(true);
                  if (missing.length === 0) attempt(runTest);
                }}
              />
            )}
          </div>
        ) : (
          <div className={classes.one}>
            <p>{t(`gateway.${draft.way}.text`)}</p>
            {draft.way === 'computer' ? <ComputerPane model={draft.model} onModel={(model) => change({ model })} /> : <p>{t(`gateway.${draft.way}.later`)}</p>}
          </div>
        )}
      </div>
      <DialogFoot
        purpose={purpose}
        hide={hide}
        onHide={setHide}
        busy={choose.isPending || add.isPending || test.isPending}
        closed={closed || (draft.way === 'computer' && missing.length > 0)}
        next={phone && listShown}
        onSaveAnyway={test.data?.works === false ? () => attempt(() => save(draft)) : undefined}
        onOffline={draft.way === 'offline' ? undefined : () => attempt(() => save({ ...draft, way: 'offline' }))}
      />
    </form>
  );
}
