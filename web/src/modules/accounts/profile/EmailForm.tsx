import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { Me } from '@/api/types';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { Note } from '@/shared/ui/Note';
import { SecretInput } from '@/shared/ui/SecretInput';
import classes from './Profile.module.css';
import { useSetEmail } from './queries';

/** Another e-mail address, or none; the password says that it is really you. */
export function EmailForm({ me }: { me: Me }) {
  const t = useT();
  const text = useProblemText();
  const set = useSetEmail();
  const [email, setEmail] = useState(me.email ?? '');
  const [password, setPassword] = useState('');
  const wrong = set.error instanceof Problem ? Object.keys(set.error.errors) : [];
  const changed = email.trim() !== (me.email ?? '');

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    set.mutate(
      { email: email.trim() || null, password },
      {
        onSuccess: () => {
          setPassword('');
          notify(t(email.trim() === '' ? 'accounts.email.removed' : 'accounts.email.saved'));
        },
      },
    );
  };

  return (
    <form className={`at-card ${classes.form}`} onSubmit={submit} noValidate>
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      <TextInput
        type="email"
        label={t('accounts.email')}
        placeholder={t('accounts.email.none')}
        error={wrong.includes('email') && t('accounts.email.rule')}
        autoComplete="email"
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      {changed && (
        <SecretInput
          label={t('accounts.password.current')}
          error={wrong.includes('password') && t('accounts.password.notYours')}
          autoComplete="current-password"
          maxLength={128}
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
      {set.isError && !wrong.includes('email') && !wrong.includes('password') && (
        <div className={classes.wide}>
          <Note kind="bad" role="alert">
            {text(set.error)}
          </Note>
        </div>
      )}
      <div className={classes.wide}>
        <Button type="submit" variant="default" loading={set.isPending} disabled={!changed || password === ''}>
          {t('accounts.email.change')}
        </Button>
      </div>
    </form>
  );
}
