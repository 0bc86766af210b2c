import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { http } from '@/shared/http/http';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useMe } from '@/shared/session/queries';
import { Note } from '@/shared/ui/Note';
import { SecretInput } from '@/shared/ui/SecretInput';
import classes from './PasswordForm.module.css';
import { PasswordMeter } from './PasswordMeter';
import { longestPassword, passwordProblem } from './passwordStrength';

const refusedCurrent = (error: unknown) => error instanceof Problem && (error.code === 'sign-in-failed' || 'currentPassword' in error.errors);
const refusedNew = (error: unknown) => error instanceof Problem && 'newPassword' in error.errors;

/** Changes the password; every other session of the person ends with it. */
export function PasswordForm() {
  const t = useT();
  const text = useProblemText();
  const me = useMe();
  const client = useQueryClient();
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const change = useMutation({
    mutationFn: () => http.post('/api/me/password', { currentPassword, newPassword }),
    onSuccess: async () => {
      setCurrentPassword('');
      setNewPassword('');
      notify(t('accounts.password.changed'));
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate();
  };

  return (
    <form className={`at-card ${classes.form}`} onSubmit={submit}>
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      <SecretInput
        label={t('accounts.password.current')}
        error={refusedCurrent(change.error) && t('accounts.password.notYours')}
        autoComplete="current-password"
        maxLength={128}
        required
        value={currentPassword}
        onChange={(event) => setCurrentPassword(event.currentTarget.value)}
      />
      <div>
        <SecretInput
          label={t('accounts.password.new')}
          error={refusedNew(change.error) && t(passwordProblem(newPassword))}
          autoComplete="new-password"
          maxLength={longestPassword}
          required
          aria-describedby="new-password-strength"
          value={newPassword}
          onChange={(event) => setNewPassword(event.currentTarget.value)}
        />
        <PasswordMeter password={newPassword} id="new-password-strength" />
      </div>
      {change.isError && !refusedCurrent(change.error) && !refusedNew(change.error) && (
        <Note kind="bad" role="alert">
          {text(change.error)}
        </Note>
      )}
      <div className={classes.end}>
        <Button type="submit" loading={change.isPending}>
          {t('accounts.password.change')}
        </Button>
        <span className="at-meta">{t('accounts.password.ends')}</span>
      </div>
    </form>
  );
}
