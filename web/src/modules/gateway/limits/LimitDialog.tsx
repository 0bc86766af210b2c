import { Button, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { Budget, BudgetPeriod } from '@/api/money';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import { AudienceFields } from './AudienceFields';
import { draftOf, newLimit, toTerms, wrongFields, type LimitDraft, type LimitField } from './limitDraft';
import classes from './Limits.module.css';
import { useSetLimit, type LimitScope } from './queries';
import { SubjectFields } from './SubjectFields';
import { useLimitTexts } from './useLimitTexts';

const alerts = [50, 70, 80, 90, 95];

interface LimitDialogProps {
  scope: LimitScope;
  /** The limit that is changed: what it counts stays, how much changes. */
  changes?: Budget;
  /** What a new one begins with. */
  begins?: Partial<LimitDraft>;
  onClose: () => void;
}

/** Sets how much may be used of something in a day or a month. */
export function LimitDialog({ scope, changes, begins, onClose }: LimitDialogProps) {
  const t = useT();
  const text = useProblemText();
  const texts = useLimitTexts(scope);
  const phone = useWidth() === 'phone';
  const isHouse = scope === 'house';
  const set = useSetLimit(scope);
  const [draft, setDraft] = useState<LimitDraft>(() => (changes ? draftOf(changes) : { ...newLimit, ...begins }));
  const [tried, setTried] = useState(false);
  const wrong = tried ? wrongFields(draft, isHouse) : [];
  const refused = set.error instanceof Problem ? set.error.errors : {};
  const change = (part: Partial<LimitDraft>) => {
    set.reset();
    setDraft((before) => ({ ...before, ...part }));
  };
  const errorOf = (field: LimitField, words: string) => (wrong.includes(field) ? words : refused[field]?.[0]);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrongFields(draft, isHouse).length > 0) return;
    set.mutate(toTerms(draft, isHouse), {
      onSuccess: (budget) => {
        notify(t('limits.saved', { name: texts.name(budget) }));
        onClose();
      },
    });
  };

  return (
    <Modal opened onClose={onClose} title={t(changes ? 'limits.change.title' : 'limits.new.title')} size={500} fullScreen={phone} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {changes ? (
            <p className={classes.fixed} dir="auto">
              {texts.name(changes)}
            </p>
          ) : (
            <>
              {isHouse && draft.kind !== 'house-key' && <AudienceFields draft={draft} error={errorOf('who', t('limits.who.missing'))} onChange={change} />}
              {draft.kind !== 'house-key' && <SubjectFields draft={draft} isHouse={isHouse} error={errorOf('subject', t('limits.subject.missing'))} onChange={change} />}
              <div className={classes.field}>
                <span id="limit-period">{t('limits.period')}</span>
                <SegmentedControl<BudgetPeriod>
                  aria-labelledby="limit-period"
                  value={draft.period}
                  onChange={(period) => change({ period })}
                  data={[
                    { value: 'day', label: t('limits.period.day') },
                    { value: 'month', label: t('limits.period.month') },
                  ]}
                />
              </div>
            </>
          )}
          <div className={classes.two}>
            <TextInput
              {...(changes && { 'data-autofocus': true })}
              label={t('limits.amount')}
              inputMode="decimal"
              autoComplete="off"
              maxLength={20}
              error={errorOf('amount', t(draft.unit === 'dollars' ? 'limits.amount.wrong' : 'limits.amount.wrongCount'))}
              value={draft.amount}
              onChange={(event) => change({ amount: event.currentTarget.value })}
            />
            <Select
              label={t('limits.unit')}
              disabled={changes !== undefined}
              allowDeselect={false}
              data={(['dollars', 'tokens', 'messages'] as const).map((value) => ({ value, label: t(`limits.unit.${value}`) }))}
              value={draft.unit}
              onChange={(unit) => unit !== null && change({ unit })}
            />
          </div>
          <Select
            label={t('limits.alert')}
            allowDeselect={false}
            data={[...new Set([...alerts, draft.alertPercent])].sort((a, b) => a - b).map((percent) => ({ value: String(percent), label: t('limits.alert.at', { percent }) }))}
            value={String(draft.alertPercent)}
            onChange={(percent) => percent !== null && change({ alertPercent: Number(percent) })}
          />
          <p className="at-meta">{t('limits.explained')}</p>
          {set.isError && Object.keys(refused).length === 0 && (
            <Note kind="bad" role="alert">
              {text(set.error)}
            </Note>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={set.isPending}>
              {t('limits.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
