import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import type { MessageKey } from '@/shared/i18n/messages';
import { modelsQuery } from '@/shared/models/modelsQuery';
import { notify } from '@/shared/notify/toasts';
import { PersonaAvatar } from '@/shared/ui/PersonaAvatar';
import { SettingRow } from '@/shared/ui/SettingRow';
import classes from './WhoAnswers.module.css';
import { defaultModelsQuery, useSetDefaultModel } from './queries';

interface Use {
  name: MessageKey;
  text: MessageKey;
  icon?: ReactNode;
}

const uses: Readonly<Record<string, Use>> = {
  diszi: { name: 'gateway.use.diszi', text: 'assistant.persona.diszi', icon: <PersonaAvatar persona="diszi" size={34} /> },
  zily: { name: 'gateway.use.zily', text: 'assistant.persona.zily', icon: <PersonaAvatar persona="zily" size={34} /> },
  assistant: { name: 'accounts.plan.assistant', text: 'gateway.use.assistant.text' },
  community: { name: 'accounts.plan.community', text: 'gateway.use.community.text' },
  builder: { name: 'accounts.plan.builder', text: 'gateway.use.builder.text' },
  coder: { name: 'accounts.plan.coder', text: 'gateway.use.coder.text' },
  giggles: { name: 'accounts.plan.giggles', text: 'gateway.use.giggles.text' },
};

/** A model of its own for a persona or an app; without one, the choice above answers. Not shown by a house that has no such thing. */
export function DefaultModels() {
  const t = useT();
  const problemText = useProblemText();
  const { data } = useQuery(defaultModelsQuery);
  const models = useQuery(modelsQuery);
  const set = useSetDefaultModel();
  if (!data) return null;
  const offered = models.data?.items.map(({ id }) => id) ?? [];
  return (
    <div className="at-card">
      {data.flatMap(({ use, model }) => {
        const known = uses[use];
        if (!known) return [];
        return (
          <SettingRow key={use} icon={known.icon} title={t(known.name)} text={t(known.text)}>
            <Select
              className={classes.default}
              aria-label={t('gateway.use.modelOf', { name: t(known.name) })}
              placeholder={t('gateway.chain.chosen')}
              clearable
              searchable
              limit={200}
              data={[...new Set([...(model === null ? [] : [model]), ...offered])]}
              value={model}
              onChange={(chosen) => set.mutate({ use, model: chosen }, { onError: (error) => notify(problemText(error), { kind: 'bad' }) })}
            />
          </SettingRow>
        );
      })}
    </div>
  );
}
