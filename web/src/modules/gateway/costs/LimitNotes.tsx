import type { Budget } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import { useLimitTexts } from '@/modules/gateway/limits/useLimitTexts';
import classes from './Costs.module.css';

/** The limits that are reached or nearly so, above everything else. */
export function LimitNotes({ limits }: { limits: readonly Budget[] }) {
  const t = useT();
  const texts = useLimitTexts('own');
  const close = limits.filter(({ state }) => state !== 'ok');
  if (close.length === 0) return null;
  return (
    <div className={classes.notes}>
      {close.map((budget) => (
        <Note key={budget.id} kind={budget.state === 'reached' ? 'bad' : 'live'} title={t(budget.state === 'reached' ? 'limits.note.reached' : 'limits.note.alert', { name: texts.name(budget), used: texts.used(budget) })}>
          {texts.state(budget)}
        </Note>
      ))}
    </div>
  );
}
