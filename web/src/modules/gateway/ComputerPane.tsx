import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { firstSentence } from '@/shared/http/failureText';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { computerModelsQuery } from '@/shared/ollama/computerModels';
import type { OllamaCode } from '@/shared/ollama/ollama';
import { CopyButton } from '@/shared/ui/CopyButton';
import { Note } from '@/shared/ui/Note';
import classes from './ComputerPane.module.css';

interface ComputerPaneProps {
  /** Empty until one is chosen. */
  model: string;
  onModel: (model: string) => void;
}

/** Ollama on the computer before which the person sits: whether it answers, with which models, and what to do when it does not. */
export function ComputerPane({ model, onModel }: ComputerPaneProps) {
  const t = useT();
  const { data, error, isFetching, refetch } = useQuery(computerModelsQuery);
  const first = data?.[0]?.name;
  const settle = useEffectEvent((found: string) => {
    if (!data?.some(({ name }) => name === model)) onModel(found);
  });
  useEffect(() => {
    if (first !== undefined) settle(first);
  }, [first]);

  const again = (
    <Button size="xs" loading={isFetching} onClick={() => void refetch()}>
      {t('gateway.computer.again')}
    </Button>
  );
  if (error && !isFetching) return <NotReached code={error.code} error={error} again={again} />;
  if (!data) return <Note role="status">{t('gateway.computer.looking')}</Note>;
  if (data.length === 0) {
    return (
      <Note kind="live" role="status" title={t('gateway.computer.none')} actions={again}>
        <Command text="ollama pull llama3.2" />
      </Note>
    );
  }
  return (
    <div className={classes.found}>
      <Note kind="ok" role="status">
        {t('gateway.computer.running', { count: data.length })}
      </Note>
      <Select
        label={t('gateway.model')}
        allowDeselect={false}
        searchable
        data={data.map(({ name, size, cloud }) => ({ value: name, label: [name, size, cloud && t('gateway.computer.cloud')].filter(Boolean).join(' · ') }))}
        value={model === '' ? null : model}
        onChange={(chosen) => chosen !== null && onModel(chosen)}
      />
    </div>
  );
}

function NotReached({ code, error, again }: { code: OllamaCode; error: Error; again: ReactNode }) {
  const t = useT();
  const text = useProblemText()(error);
  const title = firstSentence(text);
  const command = code === 'ollama-origin-refused' ? `OLLAMA_ORIGINS=${window.location.origin} ollama serve` : code === 'ollama-unreachable' ? 'ollama serve' : undefined;
  return (
    <Note role="alert" title={title} actions={code === 'ollama-impossible' ? undefined : again}>
      {text.slice(title.length).replace(t('assistant.failed.kept'), '').trim()}
      {command !== undefined && <Command text={command} />}
    </Note>
  );
}

function Command({ text }: { text: string }) {
  const t = useT();
  return (
    <span className={classes.command}>
      <code>{text}</code>
      <CopyButton text={text} label={t('gateway.computer.copy')} />
    </span>
  );
}
