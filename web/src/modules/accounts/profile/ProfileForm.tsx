import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { Me } from '@/api/types';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { Note } from '@/shared/ui/Note';
import classes from './Profile.module.css';
import { useSaveProfile, type ProfileText } from './queries';

const textOf = ({ displayName, pronouns, about }: Me): ProfileText => ({ displayName: displayName ?? '', pronouns: pronouns ?? '', about: about ?? '' });

/** Longest text of each field, as the house takes it. */
const longest = { displayName: 64, pronouns: 40, about: 500 } as const;

export function ProfileForm({ me }: { me: Me }) {
  const t = useT();
  const text = useProblemText();
  const save = useSaveProfile();
  const saved = textOf(me);
  const [profile, setProfile] = useState(saved);
  const errors = save.error instanceof Problem ? save.error.errors : {};
  const named = Object.keys(errors).some((field) => field in longest);
  const changed = Object.keys(longest).some((field) => profile[field as keyof ProfileText] !== saved[field as keyof ProfileText]);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate(profile, {
      onSuccess: (fresh) => {
        setProfile(textOf(fresh));
        notify(t('accounts.profile.saved'));
      },
    });
  };

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t('accounts.displayName')}
        placeholder={me.username}
        description={errors['displayName'] ? undefined : t('accounts.displayName.text', { username: me.username })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={errors['displayName'] && t('accounts.displayName.rule')}
        maxLength={longest.displayName}
        autoComplete="name"
        dir="auto"
        value={profile.displayName}
        onChange={(event) => setProfile({ ...profile, displayName: event.currentTarget.value })}
      />
      <TextInput
        label={t('accounts.pronouns')}
        placeholder={t('accounts.pronouns.example')}
        error={errors['pronouns']?.[0]}
        maxLength={longest.pronouns}
        dir="auto"
        value={profile.pronouns}
        onChange={(event) => setProfile({ ...profile, pronouns: event.currentTarget.value })}
      />
      <Textarea
        className={classes.wide}
        label={t('accounts.about')}
        description={t('accounts.about.left', { count: longest.about - profile.about.length })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={errors['about']?.[0]}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={longest.about}
        dir="auto"
        value={profile.about}
        onChange={(event) => setProfile({ ...profile, about: event.currentTarget.value })}
      />
      {save.isError && !named && (
        <div className={classes.wide}>
          <Note kind="bad" role="alert">
            {text(save.error)}
          </Note>
        </div>
      )}
      <div className={classes.wide}>
        <Button type="submit" loading={save.isPending} disabled={!changed}>
          {t('accounts.profile.save')}
        </Button>
      </div>
    </form>
  );
}
