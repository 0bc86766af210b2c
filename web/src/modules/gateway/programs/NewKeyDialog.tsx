import { Button, Checkbox, Group, Modal, Stack, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { CaretDownIcon } from '@phosphor-icons/react/dist/csr/CaretDown';
import { useState, type SubmitEvent } from 'react';
import type { MessageKey } from '@/shared/i18n/messages';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import { endpoints, newKey, toNewKey, wrongKeyFields, type KeyField } from './keyDraft';
import { NewSecret } from './NewSecret';
import classes from './Programs.module.css';
import { useMakeKey } from './queries';

const sentences: Readonly<Record<KeyField, MessageKey>> = {
  name: 'programs.name.missing',
  addresses: 'programs.addresses.wrong',
  budget: 'limits.amount.wrong',
  requestsPerMinute: 'limits.amount.wrongCount',
  tokensPerMinute: 'limits.amount.wrongCount',
  concurrentCalls: 'limits.amount.wrongCount',
  lastDay: 'programs.lastDay.wrong',
};
const limitFields = ['requestsPerMinute', 'tokensPerMinute', 'concurrentCalls'] as const;

/** Describes what a program may do and makes its key; then shows the secret, this once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const text = useProblemText();
  const phone = useWidth() === 'phone';
  const make = useMakeKey();
  const [draft, setDraft] = useState(newKey);
  const [tried, setTried] = useState(false);
  const [more, setMore] = useState(false);
  const wrong = tried ? wrongKeyFields(draft) : [];
  const refused = make.error instanceof Problem ? make.error.errors : {};
  const errorOf = (field: KeyField) => (wrong.includes(field) ? t(sentences[field]) : refused[field]?.[0]);
  const change = (part: Partial<typeof draft>) => {
    make.reset();
    setDraft((before) => ({ ...before, ...part }));
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    const fields = wrongKeyFields(draft);
    if (fields.some((field) => field !== 'name' && field !== 'budget')) setMore(true);
    if (fields.length === 0) make.mutate(toNewKey(draft));
  };

  if (make.data) return <NewSecret name={make.data.item.name} secret={make.data.key} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={t('programs.new')} size={520} fullScreen={phone} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput data-autofocus label={t('programs.name')} placeholder={t('programs.name.example')} maxLength={100} autoComplete="off" dir="auto" error={errorOf('name')} value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          <TextInput label={<Optional label={t('programs.budget')} />} description={t('programs.budget.text')} inputMode="decimal" autoComplete="off" maxLength={20} error={errorOf('budget')} value={draft.budget} onChange={(event) => change({ budget: event.currentTarget.value })} />
          <UnstyledButton className={classes.more} aria-expanded={more} onClick={() => setMore(!more)}>
            <CaretDownIcon size={14} weight="bold" aria-hidden />
            {t('programs.more')}
          </UnstyledButton>
          {more && (
            <>
              <Textarea label={<Optional label={t('programs.models')} />} description={t('programs.models.text')} placeholder={'openai/*\nanthropic/claude-sonnet-5'} autosize minRows={2} maxRows={6} maxLength={4000} spellCheck={false} error={refused['models']?.[0]} value={draft.models} onChange={(event) => change({ models: event.currentTarget.value })} />
              <Checkbox.Group label={<Optional label={t('programs.endpoints')} />} description={t('programs.endpoints.text')} error={refused['endpoints']?.[0]} value={draft.endpoints} onChange={(chosen) => change({ endpoints: chosen })}>
                <div className={classes.checks}>
                  {endpoints.map((endpoint) => (
                    <Checkbox key={endpoint} value={endpoint} label={t(`programs.endpoint.${endpoint}`)} />
                  ))}
                </div>
              </Checkbox.Group>
              <TextInput label={<Optional label={t('programs.addresses')} />} description={t('programs.addresses.text')} placeholder="192.0.2.7, 10.0.0.0/8" autoComplete="off" spellCheck={false} maxLength={4000} error={errorOf('addresses')} value={draft.addresses} onChange={(event) => change({ addresses: event.currentTarget.value })} />
              <div className={classes.three}>
                {limitFields.map((field) => (
                  <TextInput key={field} label={t(`programs.${field}`)} inputMode="numeric" autoComplete="off" maxLength={10} placeholder={t('programs.unlimited')} error={errorOf(field)} value={draft[field]} onChange={(event) => change({ [field]: event.currentTarget.value })} />
                ))}
              </div>
              <TextInput type="date" label={<Optional label={t('programs.lastDay')} />} error={errorOf('lastDay') ?? refused['expiresAt']?.[0]} value={draft.lastDay} onChange={(event) => change({ lastDay: event.currentTarget.value })} />
            </>
          )}
          {make.isError && Object.keys(refused).length === 0 && (
            <Note kind="bad" role="alert">
              {text(make.error)}
            </Note>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={make.isPending}>
              {t('programs.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Optional({ label }: { label: string }) {
  const t = useT();
  return (
    <>
      {label} <span className="at-meta">{t('gateway.optional')}</span>
    </>
  );
}
