import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { HouseRules } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { Note } from '@/shared/ui/Note';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import classes from './House.module.css';
import { rulesQuery, useAnnounce, type NewAnnouncement } from './queries';
import { ReadOnlyCard } from './ReadOnlyCard';

const longest = 500;

/** The house, Notices: a line above everything for everybody, and the switch that stops all changes. */
export function NoticesPage() {
  const t = useT();
  return (
    <QueryState query={useQuery(rulesQuery)} opening={t('accounts.house.opening')} height={280}>
      {(rules) => (
        <>
          <Section title={t('accounts.announcement')} text={t('accounts.announcement.text')}>
            <AnnouncementForm key={rules.announcement?.at} announcement={rules.announcement} />
          </Section>
          <Section title={t('accounts.readOnly')}>
            <ReadOnlyCard readOnly={rules.readOnly} />
          </Section>
        </>
      )}
    </QueryState>
  );
}

function AnnouncementForm({ announcement }: { announcement: HouseRules['announcement'] }) {
  const t = useT();
  const text = useProblemText();
  const format = useFormat();
  const announce = useAnnounce();
  const [draft, setDraft] = useState<NewAnnouncement>({ text: announcement?.text ?? '', tone: announcement?.tone ?? 'info' });
  const [until, setUntil] = useState('');

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    announce.mutate({ ...draft, text: draft.text.trim(), ...(until !== '' && { until: new Date(until).toISOString() }) }, { onSuccess: () => notify(t('accounts.announcement.shown')) });
  };
  const takeDown = () =>
    announce.mutate(null, {
      onSuccess: () => {
        setDraft({ text: '', tone: 'info' });
        if (announcement) notify(t('accounts.announcement.gone'), { undo: () => announce.mutate({ text: announcement.text, tone: announcement.tone, ...(announcement.until && { until: announcement.until }) }) });
      },
    });

  return (
    <form className={`at-card ${classes.form}`} onSubmit={submit}>
      <Textarea
        className={classes.wide}
        label={t('accounts.announcement.words')}
        placeholder={t('accounts.announcement.example')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={longest}
        required
        withAsterisk={false}
        dir="auto"
        value={draft.text}
        onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
      />
      <Select
        label={t('accounts.announcement.tone')}
        data={(['info', 'warning'] as const).map((value) => ({ value, label: t(`accounts.announcement.${value}`) }))}
        value={draft.tone}
        allowDeselect={false}
        onChange={(tone) => tone !== null && setDraft({ ...draft, tone })}
      />
      <TextInput type="datetime-local" label={t('accounts.announcement.until')} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
      {announce.isError && (
        <div className={classes.wide}>
          <Note kind="bad" role="alert">
            {text(announce.error)}
          </Note>
        </div>
      )}
      <div className={classes.end}>
        <Button type="submit" loading={announce.isPending} disabled={draft.text.trim() === ''}>
          {t(announcement ? 'accounts.announcement.change' : 'accounts.announcement.show')}
        </Button>
        {announcement && (
          <Button variant="default" disabled={announce.isPending} onClick={takeDown}>
            {t('accounts.announcement.takeDown')}
          </Button>
        )}
        {announcement && (
          <span className="at-meta">
            {announcement.until ? t('accounts.announcement.shownUntil', { when: format.dateTime(announcement.until) }) : t('accounts.announcement.shownSince', { when: format.dateTime(announcement.at) })}
          </span>
        )}
      </div>
    </form>
  );
}
