import { Button, Skeleton, Switch } from '@mantine/core';
import { PlusIcon } from '@phosphor-icons/react/dist/csr/Plus';
import { SignInIcon } from '@phosphor-icons/react/dist/csr/SignIn';
import { useQuery } from '@tanstack/react-query';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { openDialog } from '@/shared/shell/shellStore';
import { Note } from '@/shared/ui/Note';
import { Section } from '@/shared/ui/Section';
import { SettingRow } from '@/shared/ui/SettingRow';
import { AddFallback } from './AddFallback';
import { ComputerCard } from './ComputerCard';
import { DefaultModels } from './DefaultModels';
import { Fallbacks } from './Fallbacks';
import { KeyList } from './KeyList';
import { ModelTable } from './ModelTable';
import { choiceQuery, keysQuery, providersQuery } from './queries';
import { WhoAnswers } from './WhoAnswers';

/** Settings, General, API Provider: who answers, and with which key. */
export function ApiProviderPage() {
  const t = useT();
  const text = useProblemText();
  const { preferences } = useMe();
  const savePreferences = useSavePreferences();
  const providers = useQuery(providersQuery);
  const choice = useQuery(choiceQuery);
  const keys = useQuery(keysQuery);
  const failed = providers.error ?? choice.error ?? keys.error;

  if (failed) return <Note kind="bad">{text(failed)}</Note>;
  if (!providers.data || !choice.data || !keys.data) return <Skeleton height={280} radius="lg" />;
  return (
    <>
      <Section title={t('gateway.whoAnswers')} text={t('gateway.whoAnswers.text')}>
        <WhoAnswers choice={choice.data} providers={providers.data} keys={keys.data} />
        <DefaultModels />
      </Section>
      <Section title={t('gateway.fallbacks')} text={t('gateway.fallbacks.text')} action={<AddFallback providers={providers.data} keys={keys.data} />}>
        <Fallbacks providers={providers.data} keys={keys.data} />
      </Section>
      <Section
        title={t('gateway.keys')}
        action={
          <Button size="xs" leftSection={<PlusIcon size={14} weight="bold" />} onClick={() => openDialog('key')}>
            {t('gateway.keys.add')}
          </Button>
        }
      >
        <KeyList keys={keys.data} providers={providers.data} choice={choice.data} />
      </Section>
      <Section title={t('gateway.computer')}>
        <ComputerCard />
      </Section>
      <Section title={t('gateway.models')} text={t('gateway.models.text')}>
        <ModelTable />
      </Section>
      <Section title={t('gateway.asking')}>
        <div className="at-card">
          <SettingRow icon={<SignInIcon size={18} aria-hidden />} title={t('gateway.ask')} text={t(preferences.hideProviderPrompt ? 'gateway.ask.no' : 'gateway.ask.yes')}>
            <Switch size="md" aria-label={t('gateway.ask')} checked={!preferences.hideProviderPrompt} onChange={(event) => savePreferences.mutate({ hideProviderPrompt: !event.currentTarget.checked })} />
          </SettingRow>
        </div>
      </Section>
    </>
  );
}
