import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { HouseRules } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { Note } from '@/shared/ui/Note';
import classes from './House.module.css';
import { useSetReadOnly } from './queries';

/** Stops every change of others, for a move or a restore; reading goes on. */
export function ReadOnlyCard({ readOnly }: { readOnly: HouseRules['readOnly'] }) {
  const t = useT();
  const text = useProblemText();
  const format = useFormat();
  const set = useSetReadOnly();
  const [reason, setReason] = useState('');

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    set.mutate(readOnly ? null : reason.trim(), {
      onSuccess: () => {
        setReason('');
        notify(t(readOnly ? 'accounts.readOnly.ended' : 'accounts.readOnly.began'));
      },
    });
  };

  return (
    <form className={`at-card ${classes.form}`} onSubmit={submit}>
      {readOnly ? (
        <div className={classes.wide}>
          <Note kind="live" title={t('accounts.readOnly.since', { when: format.dateTime(readOnly.since) })}>
            <span dir="auto">{readOnly.reason}</span>
          </Note>
        </div>
      ) : (
        <TextInput
          className={classes.wide}
          label={t('accounts.readOnly.reason')}
          description={t('accounts.readOnly.text')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('accounts.readOnly.example')}
          maxLength={200}
          dir="auto"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {set.isError && (
        <div className={classes.wide}>
          <Note kind="bad" role="alert">
            {text(set.error)}
          </Note>
        </div>
      )}
      <div className={classes.end}>
        <Button type="submit" variant={readOnly ? 'filled' : 'default'} loading={set.isPending}>
          {t(readOnly ? 'accounts.readOnly.end' : 'accounts.readOnly.begin')}
        </Button>
      </div>
    </form>
  );
}
