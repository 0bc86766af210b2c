import { Button, Skeleton, TextInput } from '@mantine/core';
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { firstSentence, useFailureText } from '@/shared/http/failureText';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { findModels } from '@/shared/models/findModels';
import { ModelFacts } from '@/shared/models/ModelFacts';
import { modelsQuery } from '@/shared/models/modelsQuery';
import { Note } from '@/shared/ui/Note';
import classes from './ModelTable.module.css';

const first = 12;

/** The models within reach: what each can do, what it reads and what it costs. */
export function ModelTable() {
  const t = useT();
  const problemText = useProblemText();
  const failureText = useFailureText();
  const { data, error } = useQuery(modelsQuery);
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const total = data?.items.length ?? 0;
  const short = !all && search === '' && total > first;
  const groups = useMemo(() => findModels(data?.items.slice(0, short ? first : undefined) ?? [], search), [data, search, short]);

  if (error) return <Note kind="bad">{problemText(error)}</Note>;
  if (!data) return <Skeleton height={120} radius="lg" />;
  return (
    <>
      {data.unreachable.map((failure) => (
        <Note key={failure.provider} kind="live" role="status">
          {firstSentence(failureText(failure, failure.provider))}
        </Note>
      ))}
      <div className={`at-card ${classes.models}`}>
        {total > first && (
          <TextInput className={classes.search} size="xs" aria-label={t('assistant.models.search')} placeholder={t('assistant.models.search')} leftSection={<MagnifyingGlassIcon size={15} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        )}
        {groups.map(({ providerName, models }) => (
          <section key={providerName} aria-label={providerName}>
            <h3>{providerName}</h3>
            <ul>
              {models.map((model) => (
                <li key={model.id}>
                  <ModelFacts model={model} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className={classes.none}>{t(total === 0 ? 'gateway.models.none' : 'assistant.models.none')}</p>}
        {short && (
          <Button className={classes.more} variant="subtle" color="gray" size="xs" onClick={() => setAll(true)}>
            {t('gateway.models.all', { count: total })}
          </Button>
        )}
      </div>
    </>
  );
}
