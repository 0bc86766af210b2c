import { Button, Popover, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useT } from '@/shared/i18n/language';
import classes from './Costs.module.css';
import { isRange, longestDays, periods, today, type CostsSearch, type Range } from './range';

interface PeriodPickerProps {
  search: CostsSearch;
  range: Range;
  onPick: (days: Pick<CostsSearch, 'days' | 'from' | 'to'>) => void;
}

/** 7, 30 or 90 days up to today, or any days of one's own. */
export function PeriodPicker({ search, range, onPick }: PeriodPickerProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const days = search.from === undefined ? (search.days ?? 30) : undefined;
  const value = days !== undefined && (periods as readonly number[]).includes(days) ? String(days) : 'range';
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" radius="lg" width={300} withRoles={false} trapFocus returnFocus>
      <Popover.Target>
        <div className={classes.period}>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={t('costs.period')}
            value={open ? 'range' : value}
            onChange={(next) => (next === 'range' ? setOpen(true) : onPick({ days: Number(next) }))}
            data={[...periods.map((count) => ({ value: String(count), label: t('costs.period.days', { count }) })), { value: 'range', label: <RangeLabel chosen={value === 'range'} onAgain={() => setOpen(true)} /> }]}
          />
        </div>
      </Popover.Target>
      <Popover.Dropdown>
        <RangeForm
          range={range}
          onPick={(chosen) => {
            setOpen(false);
            onPick(chosen);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** A chosen control says nothing when it is pressed again, and the days may have to be changed again. */
function RangeLabel({ chosen, onAgain }: { chosen: boolean; onAgain: () => void }) {
  const t = useT();
  return <span {...(chosen && { onClick: onAgain })}>{t('costs.period.range')}</span>;
}

function RangeForm({ range, onPick }: { range: Range; onPick: (range: Range) => void }) {
  const t = useT();
  const [draft, setDraft] = useState(range);
  const [tried, setTried] = useState(false);
  const wrong = tried && !isRange(draft);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (isRange(draft)) onPick(draft);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput type="date" label={t('costs.range.from')} max={draft.to} value={draft.from} onChange={(event) => setDraft({ ...draft, from: event.currentTarget.value })} />
        <TextInput type="date" label={t('costs.range.to')} min={draft.from} max={today()} error={wrong && t('costs.range.wrong', { days: longestDays })} value={draft.to} onChange={(event) => setDraft({ ...draft, to: event.currentTarget.value })} />
        <p className="at-meta">{t('costs.range.utc')}</p>
        <Button type="submit">{t('costs.range.show')}</Button>
      </Stack>
    </form>
  );
}
