import { NumberInput, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Conversation, ModelParameters } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import type { ConversationChange } from '@/modules/assistant/api';
import { ModelChip } from '@/modules/assistant/models/ModelChip';
import { PersonaChip } from '@/modules/assistant/models/PersonaChip';
import classes from './Pane.module.css';

interface SettingsPaneProps {
  conversation: Conversation;
  onChange: (change: ConversationChange) => void;
}

/** How this conversation is answered; each field is saved when it is left, and holds from the next question on. */
export function SettingsPane({ conversation, onChange }: SettingsPaneProps) {
  const t = useT();
  const [prompt, setPrompt] = useState(conversation.systemPrompt ?? '');
  const [parameters, setParameters] = useState(conversation.parameters);
  const set = (change: ModelParameters) => setParameters((before) => ({ ...before, ...change }));
  const save = (change: ModelParameters = {}) => {
    const next = { ...parameters, ...change };
    if (JSON.stringify(next) !== JSON.stringify(conversation.parameters)) onChange({ parameters: next });
  };
  const number = (key: 'temperature' | 'topP' | 'maxOutputTokens') => ({
    value: parameters[key] ?? '',
    onChange: (value: string | number) => set({ [key]: typeof value === 'number' ? value : null }),
    onBlur: () => save(),
    placeholder: t('assistant.settings.models'),
  });
  return (
    <div className={classes.settings}>
      <div className={classes.chips}>
        <PersonaChip persona={conversation.persona} onChange={(persona) => onChange({ persona })} />
        <ModelChip model={conversation.model ?? undefined} onChange={(model) => onChange({ model })} />
      </div>
      <Textarea
        label={t('assistant.settings.prompt')}
        description={t('assistant.settings.promptHint')}
        autosize
        minRows={4}
        maxRows={14}
        dir="auto"
        value={prompt}
        onChange={(event) => setPrompt(event.currentTarget.value)}
        onBlur={() => {
          if (prompt !== (conversation.systemPrompt ?? '')) onChange({ systemPrompt: prompt === '' ? null : prompt });
        }}
      />
      <NumberInput label={t('assistant.settings.temperature')} description={t('assistant.settings.temperatureHint')} min={0} max={2} step={0.1} decimalScale={2} {...number('temperature')} />
      <NumberInput label={t('assistant.settings.topP')} min={0} max={1} step={0.05} decimalScale={2} {...number('topP')} />
      <NumberInput label={t('assistant.settings.maxOutput')} min={1} max={1_000_000} step={256} allowDecimal={false} {...number('maxOutputTokens')} />
      <Select
        label={t('assistant.settings.effort')}
        clearable
        placeholder={t('assistant.settings.models')}
        value={parameters.reasoningEffort ?? null}
        data={[
          { value: 'none', label: t('assistant.settings.none') },
          { value: 'low', label: t('assistant.settings.low') },
          { value: 'medium', label: t('assistant.settings.medium') },
          { value: 'high', label: t('assistant.settings.high') },
        ]}
        onChange={(reasoningEffort) => {
          set({ reasoningEffort });
          save({ reasoningEffort });
        }}
      />
      <p className="at-meta">{t('assistant.settings.saved')}</p>
    </div>
  );
}
