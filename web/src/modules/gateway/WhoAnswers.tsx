import { Button, Select } from '@mantine/core';
import { ArrowRightIcon } from '@phosphor-icons/react/dist/csr/ArrowRight';
import { useQuery } from '@tanstack/react-query';
import type { Provider, ProviderChoice, ProviderKey } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { modelsQuery } from '@/shared/models/modelsQuery';
import { useComputer } from '@/shared/ollama/computerModels';
import { notify } from '@/shared/notify/toasts';
import { openDialog } from '@/shared/shell/shellStore';
import { PersonaAvatar } from '@/shared/ui/PersonaAvatar';
import { fallbacksQuery } from './fallbacks';
import { useChooseProvider } from './queries';
import classes from './WhoAnswers.module.css';

interface WhoAnswersProps {
  choice: ProviderChoice;
  providers: Provider[];
  keys: ProviderKey[];
}

/** The provider and model behind Diszi and Zily, and who takes over when it is out of reach. */
export function WhoAnswers({ choice, providers, keys }: WhoAnswersProps) {
  const t = useT();
  const text = useProblemText();
  const models = useQuery(modelsQuery);
  const fallbacks = useQuery(fallbacksQuery).data ?? [];
  const choose = useChooseProvider();
  const computer = useComputer((chosen) => chosen.model);
  const provider = providers.find(({ id }) => id === choice.provider);
  const key = keys.find(({ id }) => id === choice.keyId);
  const own = models.data?.items.filter((model) => model.provider === choice.provider).map(({ model }) => model) ?? [];
  const selected = choice.model ?? provider?.defaultModel ?? null;
  const data = [...new Set([...(selected === null ? [] : [selected]), ...own])];

  const changeModel = (model: string | null) => {
    if (model === null) return;
    choose.mutate(
      { provider: choice.provider, model, ...(choice.baseUrl && { baseUrl: choice.baseUrl }), settings: choice.settings },
      { onError: (error) => notify(text(error), { kind: 'bad' }) },
    );
  };

  return (
    <>
      <div className={`at-card ${classes.who}`}>
        <span className={classes.personas}>
          <PersonaAvatar persona="diszi" size={34} />
          <PersonaAvatar persona="zily" size={34} />
        </span>
        <div className={classes.text}>
          <b>{computer === null ? (provider?.name ?? choice.provider) : t('gateway.way.computer')}</b>
          <div className="at-meta">
            {computer !== null ? t('gateway.computer.here', { model: computer }) : choice.provider === 'offline' ? t('gateway.way.offline.text') : key ? t('gateway.withKey', { name: key.name, fingerprint: key.fingerprint }) : t('gateway.withoutKey')}
          </div>
        </div>
        {choice.provider !== 'offline' && computer === null && (
          <Select
            className={classes.model}
            aria-label={t('gateway.model')}
            placeholder={t('gateway.model')}
            searchable
            allowDeselect={false}
            data={data}
            value={selected}
            onChange={changeModel}
          />
        )}
        <Button variant="default" onClick={() => openDialog('provider')}>
          {t('gateway.change')}
        </Button>
      </div>
      <ol className={classes.chain} aria-label={t('gateway.chain')}>
        {choice.provider !== 'offline' && (
          <li>
            <b>{t('gateway.chain.chosen')}</b>
            <ArrowRightIcon size={15} aria-hidden />
          </li>
        )}
        {choice.provider !== 'offline' &&
          fallbacks.map(({ provider: id }, place) => (
            <li key={place}>
              <b>{providers.find((each) => each.id === id)?.name ?? id}</b>
              <ArrowRightIcon size={15} aria-hidden />
            </li>
          ))}
        <li>
          <b>{t('gateway.way.offline')}</b>
          <ArrowRightIcon size={15} aria-hidden />
        </li>
        <li>
          <b>{t('gateway.chain.error')}</b>
        </li>
        {fallbacks.length === 0 && <li className={`at-meta ${classes.never}`}>{t('gateway.chain.never')}</li>}
      </ol>
    </>
  );
}
