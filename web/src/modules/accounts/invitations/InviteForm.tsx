import { Button, Select, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import { OnceDialog } from '@/shared/ui/OnceDialog';
import classes from './InviteForm.module.css';
import { invitationLink, invitedRoles, useInvite, type InvitationDraft } from './queries';

const lengths = [1, 7, 30, 90];
const fresh: InvitationDraft = { role: 'user', note: '', days: 7 };

/** Makes a link that lets one person in, once. */
export function InviteForm() {
  const t = useT();
  const text = useProblemText();
  const format = useFormat();
  const invite = useInvite();
  const [draft, setDraft] = useState(fresh);
  const made = invite.data;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    invite.mutate(draft, { onSuccess: () => setDraft(fresh) });
  };

  return (
    <form className={`at-card ${classes.form}`} onSubmit={submit}>
      <TextInput className={classes.note} label={t('accounts.invite.note')} placeholder={t('accounts.invite.note.example')} maxLength={200} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })} />
      <Select label={t('accounts.invite.role')} data={invitedRoles.map((value) => ({ value, label: t(`shell.role.${value}`) }))} value={draft.role} allowDeselect={false} onChange={(role) => role !== null && setDraft({ ...draft, role })} />
      <Select label={t('accounts.invite.days')} data={lengths.map((count) => ({ value: String(count), label: t('accounts.days', { count }) }))} value={String(draft.days)} allowDeselect={false} onChange={(days) => setDraft({ ...draft, days: Number(days) })} />
      <Button type="submit" loading={invite.isPending}>
        {t('accounts.invite.make')}
      </Button>
      {invite.isError && (
        <Note kind="bad" role="alert">
          {text(invite.error)}
        </Note>
      )}
      {made && <OnceDialog title={t('accounts.invite.made')} text={t('accounts.invite.made.text', { when: format.dateTime(made.expiresAt) })} secret={invitationLink(made.token)} onClose={() => invite.reset()} />}
    </form>
  );
}
