import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import type { Session } from '@/api/types';
import { http } from '@/shared/http/http';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import { SecretInput } from '@/shared/ui/SecretInput';
import classes from './EntryPage.module.css';
import { PasswordMeter } from './PasswordMeter';
import { longestPassword, passwordProblem } from './passwordStrength';
import { useEnter } from './useEnter';

interface AccountFormProps {
  setupToken?: string;
  invitation?: string;
  submitLabel: string;
}

/** Makes an account and goes in with it: the first admin's with a set-up token, an invited person's with an invitation. */
export function AccountForm({ setupToken, invitation, submitLabel }: AccountFormProps) {
  const t = useT();
  const text = useProblemText();
  const enter = useEnter();
  const form = useRef<HTMLFormElement>(null);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [email, setEmail] = useState('');

  const register = useMutation({
    mutationFn: () =>
      http.post<Session>('/api/register', { username: username.trim(), password, ...(email.trim() && { email: email.trim() }), ...(setupToken && { setupToken }), ...(invitation && { invitation }) }),
    onSuccess: (session) => enter(session),
    onError: (error) => {
      const field = wrongFields(error)[0];
      if (field) form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`)?.focus();
    },
  });
  const wrong = wrongFields(register.error);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    register.mutate();
  };

  return (
    <form className={classes.fields} onSubmit={submit} ref={form}>
      <TextInput
        size="md"
        label={t('accounts.username')}
        description={wrong.includes('username') ? undefined : t('accounts.username.rule')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={wrong.includes('username') && (isTaken(register.error) ? t('problem.usernameTaken') : t('accounts.username.rule'))}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={50}
        required
        withAsterisk={false}
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <div>
        <SecretInput
          size="md"
          label={t('accounts.password')}
          error={wrong.includes('password') && t(passwordProblem(password))}
          name="password"
          autoComplete="new-password"
          maxLength={longestPassword}
          required
          aria-describedby="password-strength"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordMeter password={password} id="password-strength" />
      </div>
      <TextInput
        size="md"
        type="email"
        label={
          <>
            {t('accounts.email')} <span className="at-meta">{t('accounts.email.optional')}</span>
          </>
        }
        error={wrong.includes('email') && t('accounts.email.rule')}
        name="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      {register.isError && wrong.length === 0 && (
        <Note kind="bad" role="alert">
          {text(register.error)}
        </Note>
      )}
      <Button type="submit" size="md" fullWidth className={classes.submit} loading={register.isPending}>
        {submitLabel}
      </Button>
    </form>
  );
}

const isTaken = (error: unknown) => error instanceof Problem && error.code === 'username-taken';

function wrongFields(error: unknown): string[] {
  if (isTaken(error)) return ['username'];
  return error instanceof Problem ? Object.keys(error.errors).filter((field) => ['username', 'password', 'email'].includes(field)) : [];
}
