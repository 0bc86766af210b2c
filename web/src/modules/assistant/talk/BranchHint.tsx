import { GitBranchIcon } from '@phosphor-icons/react/dist/csr/GitBranch';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { textOf } from '@/shared/stream/message';
import classes from './Talk.module.css';

/** Says that the next question begins a branch, and below which answer. */
export function BranchHint({ message, onCancel }: { message: Message | undefined; onCancel: () => void }) {
  const t = useT();
  return (
    <div className={classes.branch} role="status">
      <GitBranchIcon size={15} aria-hidden />
      <span className="at-cut at-grow">{t('assistant.branch.hint', { text: message ? textOf(message).slice(0, 80) : '' })}</span>
      <button type="button" aria-label={t('assistant.branch.cancel')} onClick={onCancel}>
        <XIcon size={13} />
      </button>
    </div>
  );
}
