import { ActionIcon } from '@mantine/core';
import { DotsThreeIcon } from '@phosphor-icons/react/dist/csr/DotsThree';
import { PencilSimpleIcon } from '@phosphor-icons/react/dist/csr/PencilSimple';
import { TrashIcon } from '@phosphor-icons/react/dist/csr/Trash';
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning';
import { useState } from 'react';
import type { Budget } from '@/api/money';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { shareOf } from '@/shared/money/amounts';
import { notify } from '@/shared/notify/toasts';
import { useWidth } from '@/shared/shell/useWidth';
import { LazyMenu } from '@/shared/ui/LazyMenu';
import { Meter } from '@/shared/ui/Meter';
import { LimitDialog } from './LimitDialog';
import classes from './Limits.module.css';
import { termsOf, useRemoveLimit, useSetLimit, type LimitScope } from './queries';
import { useLimitTexts } from './useLimitTexts';

/** Limits, each with how much of it is used; those of one's own can be changed, and a removed one comes back with Undo. */
export function LimitList({ limits, scope }: { limits: readonly Budget[]; scope: LimitScope }) {
  const t = useT();
  const text = useProblemText();
  const texts = useLimitTexts(scope);
  const set = useSetLimit(scope);
  const remove = useRemoveLimit(scope);
  const [changing, setChanging] = useState<Budget>();
  const failed = (error: unknown) => notify(text(error), { kind: 'bad' });
  // Awaited, not told by the mutation: with its last line the list is gone, and would hear nothing any more.
  const takeAway = async (budget: Budget) => {
    try {
      await remove.mutateAsync(budget.id);
      notify(t('limits.removed', { name: texts.name(budget) }), { undo: () => void set.mutateAsync(termsOf(budget)).catch(failed) });
    } catch (error) {
      failed(error);
    }
  };
  return (
    <>
      <ul className={classes.list} aria-label={t('limits.title')}>
        {limits.map((budget) => (
          <LimitRow key={budget.id} budget={budget} isMine={scope === 'house' || budget.setBy === 'person'} texts={texts} onChange={() => setChanging(budget)} onRemove={() => void takeAway(budget)} />
        ))}
      </ul>
      {changing && <LimitDialog scope={scope} changes={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}

interface LimitRowProps {
  budget: Budget;
  /** Whether whoever looks may change it. */
  isMine: boolean;
  texts: ReturnType<typeof useLimitTexts>;
  onChange: () => void;
  onRemove: () => void;
}

function LimitRow({ budget, isMine, texts, onChange, onRemove }: LimitRowProps) {
  const t = useT();
  const size = useWidth() === 'phone' ? 44 : 28;
  const name = texts.name(budget);
  const held = texts.held(budget);
  return (
    <li className={classes.row} data-state={budget.state}>
      <div className={classes.head}>
        <div className={classes.names}>
          <b dir="auto">{name}</b>
          <span className={`at-num ${classes.used}`}>{texts.used(budget)}</span>
        </div>
        {isMine && (
          <LazyMenu
            position="bottom-end"
            width={190}
            target={
              <ActionIcon variant="subtle" color="gray" size={size} className={classes.more} aria-label={t('limits.more', { name })}>
                <DotsThreeIcon size={18} weight="bold" />
              </ActionIcon>
            }
            entries={[
              { kind: 'item', text: t('limits.change'), icon: <PencilSimpleIcon size={16} />, onPick: onChange },
              { kind: 'item', text: t('limits.remove'), icon: <TrashIcon size={16} />, danger: true, onPick: onRemove },
            ]}
          />
        )}
      </div>
      {texts.counts(budget) && <Meter share={shareOf(budget.spent, budget.amount)} tone={budget.state === 'ok' ? 'calm' : budget.state === 'alert' ? 'near' : 'over'} />}
      <p className={classes.note}>
        {budget.state !== 'ok' && <WarningIcon size={13} weight="fill" aria-hidden />}
        {[texts.state(budget), held, !isMine && t('limits.byAdmin')].filter(Boolean).join(' ')}
      </p>
    </li>
  );
}
