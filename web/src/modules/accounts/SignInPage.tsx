import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useRef, useState, type SubmitEvent } from 'react';
import type { Session } from '@/api/types';
import { http } from '@/shared/http/http';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import type { MessageKey } from '@/shared/i18n/messages';
import { useHouse } from '@/shared/session/queries';
import { Note } from '@/shared/ui/Note';
import { SecretInput } from '@/shared/ui/SecretInput';
import { EntryPage } from './EntryPage';
import classes from './EntryPage.module.css';
import { useEnter } from './useEnter';

function greeting(hour: number): MessageKey {
  if (hour < 5 || hour >= 18) return 'accounts.signIn.evening';
  return hour < 12 ? 'accounts.signIn.morning' : 'accounts.signIn.afternoon';
}

export function SignInPage() {
  const t = useT();
  const text = useProblemText();
  const house = useHouse();
  const enter = useEnter();
  const { to } = useSearch({ from: '/sign-in' });
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: () => http.post<Session>('/api/login', { username: username.trim(), password }),
    onSuccess: (session) => enter(session, to),
    onError: () => passwordField.current?.select(),
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate();
  };

  return (
    <EntryPage greeting title={t(greeting(new Date().getHours()))}>
      <form className={classes.fields} onSubmit={submit}>
        <TextInput size="md" label={t('accounts.username')} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} required withAsterisk={false} autoFocus value={username} onChange={(event) => setUsername(event.currentTarget.value)} />
        <SecretInput
          ref={passwordField}
          size="md"
          label={t('accounts.password')}
          beside={<Link to="/forgot">{t('accounts.signIn.forgotten')}</Link>}
          name="password"
          autoComplete="current-password"
          maxLength={128}
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.isError && (
          <Note kind="bad" role="alert">
            {text(signIn.error)}
          </Note>
        )}
        <Button type="submit" size="md" fullWidth className={classes.submit} loading={signIn.isPending}>
          {t('accounts.signIn')}
        </Button>
      </form>
      {house.registration === 'open' && (
        <p className={classes.below}>
          <span>
            {t('accounts.signIn.new')} <Link to="/sign-up">{t('accounts.signUp')}</Link>
          </span>
        </p>
      )}
    </EntryPage>
  );
}
