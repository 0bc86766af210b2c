import { Modal, TextInput } from '@mantine/core';
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass';
import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { firstSentence, useFailureText } from '@/shared/http/failureText';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { useComputerModels } from '@/shared/ollama/computerModels';
import { computerModelId, type OllamaModel } from '@/shared/ollama/ollama';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import { modelsQuery } from '@/shared/models/modelsQuery';
import type { Model } from '@/api/types';
import { findModels } from '@/shared/models/findModels';
import classes from './Models.module.css';
import { ModelOption } from './ModelOption';

interface ModelDialogProps {
  title: string;
  /** Id of the model in use; undefined for the person's choice. */
  selected: string | undefined;
  onChoose: (model: string) => void;
  /** Offers the choice made in Settings, too. */
  onChooseDefault?: (() => void) | undefined;
  onClose: () => void;
}

/** All models that can be reached, with what they can and cost; those that cannot are named with the reason. */
export function ModelDialog({ title, selected, onChoose, onChooseDefault, onClose }: ModelDialogProps) {
  const t = useT();
  const problemText = useProblemText();
  const failureText = useFailureText();
  const phone = useWidth() === 'phone';
  const { data, error, isPending } = useQuery(modelsQuery);
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const computer = useComputerModels().data;
  const here = t('gateway.way.computer');
  const groups = useMemo(() => findModels([...(computer ?? []).map((model) => modelHere(model, here)), ...(data?.items ?? [])], search), [computer, data, here, search]);
  const choices = useMemo(
    () => [...(onChooseDefault && search === '' ? [{ id: '', choose: onChooseDefault }] : []), ...groups.flatMap((group) => group.models.map((model) => ({ id: model.id, choose: () => onChoose(model.id) })))],
    [groups, search, onChoose, onChooseDefault],
  );
  const optionId = (id: string) => `${listId}-${id}`;
  const current = choices[Math.min(active, choices.length - 1)];

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(choices.length - 1, active + step));
      setActive(next);
      document.getElementById(optionId(choices[next]?.id ?? ''))?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') current?.choose();
  };

  return (
    <Modal opened onClose={onClose} title={title} size={560} fullScreen={phone} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <TextInput
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        placeholder={t('assistant.models.search')}
        aria-label={t('assistant.models.search')}
        leftSection={<MagnifyingGlassIcon size={16} />}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current && optionId(current.id)}
        data-autofocus
      />
      {error && <Note kind="bad">{problemText(error)}</Note>}
      <div className={classes.list} role="listbox" id={listId} aria-label={title} aria-busy={isPending}>
        {onChooseDefault && search === '' && (
          <div role="option" id={optionId('')} aria-selected={selected === undefined} data-active={current?.id === ''} className={classes.option} onClick={onChooseDefault}>
            <span className={classes.name}>{t('assistant.models.yourChoice')}</span>
            <span className="at-meta">{t('assistant.models.yourChoiceHint')}</span>
          </div>
        )}
        {groups.map((group) => (
          <div key={group.providerName} role="group" aria-label={group.providerName}>
            <div className={classes.provider}>{group.providerName}</div>
            {group.models.map((model) => (
              <ModelOption key={model.id} id={optionId(model.id)} model={model} selected={model.id === selected} active={current?.id === model.id} onChoose={onChoose} />
            ))}
          </div>
        ))}
      </div>
      {data && choices.length === 0 && <p className={classes.none}>{t('assistant.models.none')}</p>}
      {data && data.unreachable.length > 0 && (
        <Note title={t('assistant.models.unreachable')}>
          <ul>
            {data.unreachable.map((failure) => (
              <li key={failure.provider}>{firstSentence(failureText(failure, failure.provider))}</li>
            ))}
          </ul>
        </Note>
      )}
    </Modal>
  );
}

/** A model of this computer among those of the house; nobody is paid for it. */
const modelHere = ({ name }: OllamaModel, providerName: string): Model => ({
  id: computerModelId(name), provider: 'ollama-browser', providerName, model: name, inputPrice: '0', outputPrice: '0', vision: false, tools: false, reasoning: false, priceUnverified: false,
});
