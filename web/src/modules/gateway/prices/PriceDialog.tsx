import { Button, Group, Modal, Select, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { CaretDownIcon } from '@phosphor-icons/react/dist/csr/CaretDown';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { Price } from '@/api/money';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import { today } from '@/modules/gateway/costs/range';
import { providersQuery } from '@/modules/gateway/queries';
import { draftOf, eachRates, toPrice, wrongPriceFields, type PriceDraft, type PriceField } from './priceDraft';
import classes from './Prices.module.css';
import { useSetPrice } from './queries';

interface PriceDialogProps {
  changes: Pick<Price, 'provider' | 'model'> & Partial<Price>;
  onClose: () => void;
}

/** Says what a model costs from a day on. */
export function PriceDialog({ changes, onClose }: PriceDialogProps) {
  const t = useT();
  const text = useProblemText();
  const phone = useWidth() === 'phone';
  const set = useSetPrice();
  const providers = useQuery(providersQuery);
  const isNew = changes.model === '';
  const [draft, setDraft] = useState(() => draftOf(changes, today()));
  const [tried, setTried] = useState(false);
  const [more, setMore] = useState(changes.cached !== undefined || changes.image !== undefined || changes.longContext !== undefined);
  const wrong = tried ? wrongPriceFields(draft) : [];
  const refused = set.error instanceof Problem ? set.error.errors : {};
  const errorOf = (field: PriceField) => (wrong.includes(field) ? t(field === 'provider' || field === 'model' ? 'prices.missing' : field === 'above' ? 'limits.amount.wrongCount' : 'prices.wrong') : refused[field]?.[0]);
  const change = (part: Partial<PriceDraft>) => {
    set.reset();
    setDraft((before) => ({ ...before, ...part }));
  };
  const rate = (field: Exclude<PriceField, 'provider' | 'model' | 'from'>) => (
    <TextInput key={field} label={t(`prices.field.${field}`)} inputMode={field === 'above' ? 'numeric' : 'decimal'} autoComplete="off" maxLength={22} error={errorOf(field)} value={draft[field]} onChange={(event) => change({ [field]: event.currentTarget.value })} />
  );

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    const fields = wrongPriceFields(draft);
    if (fields.some((field) => field !== 'input' && field !== 'output')) setMore(true);
    if (fields.length > 0) return;
    set.mutate(toPrice(draft), {
      onSuccess: ({ model }) => {
        notify(t('prices.saved', { model }));
        onClose();
      },
    });
  };

  return (
    <Modal opened onClose={onClose} title={isNew ? t('prices.add') : t('prices.change.title', { model: changes.model })} size={560} fullScreen={phone} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {isNew && (
            <div className={classes.two}>
              <Select
                data-autofocus
                openOnFocus={false}
                label={t('prices.field.provider')}
                searchable
                error={errorOf('provider')}
                data={providers.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
                value={draft.provider || null}
                onChange={(provider) => change({ provider: provider ?? '' })}
              />
              <TextInput label={t('prices.field.model')} autoComplete="off" spellCheck={false} maxLength={200} error={errorOf('model')} value={draft.model} onChange={(event) => change({ model: event.currentTarget.value })} />
            </div>
          )}
          <p className="at-meta">{t('prices.perMillion')}</p>
          <div className={classes.two}>
            {rate('input')}
            {rate('output')}
          </div>
          <UnstyledButton className={classes.more} aria-expanded={more} onClick={() => setMore(!more)}>
            <CaretDownIcon size={14} weight="bold" aria-hidden />
            {t('prices.more')}
          </UnstyledButton>
          {more && (
            <>
              <div className={classes.three}>{(['cached', 'cacheWrite', 'reasoning'] as const).map(rate)}</div>
              <div className={classes.two}>{eachRates.map(rate)}</div>
              <div className={classes.two}>{(['above', 'longInput', 'longOutput', 'longCached'] as const).map(rate)}</div>
            </>
          )}
          <TextInput type="date" label={t('prices.field.from')} description={t('prices.field.from.text')} error={refused['from']?.[0]} value={draft.from} onChange={(event) => change({ from: event.currentTarget.value })} />
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
              {t('prices.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
