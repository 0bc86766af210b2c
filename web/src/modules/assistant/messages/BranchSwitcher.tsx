import { CaretLeftIcon } from '@phosphor-icons/react/dist/csr/CaretLeft';
import { CaretRightIcon } from '@phosphor-icons/react/dist/csr/CaretRight';
import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import classes from './Messages.module.css';

/** "‹ 2 of 2 ›": the other things that were asked, or answered, in this place. */
export function BranchSwitcher({ message, onShow }: { message: Message; onShow: (messageId: string) => void }) {
  const t = useT();
  const { siblings } = message;
  if (siblings.length < 2) return null;
  const index = siblings.indexOf(message.id);
  const step = (by: number) => () => {
    const sibling = siblings[index + by];
    if (sibling !== undefined) onShow(sibling);
  };
  return (
    <span className={classes.branches} role="group" aria-label={t('assistant.branch.group')}>
      <button type="button" aria-label={t('assistant.branch.previous')} disabled={index <= 0} onClick={step(-1)}>
        <CaretLeftIcon size={14} />
      </button>
      <span>{t('assistant.branch.place', { index: index + 1, total: siblings.length })}</span>
      <button type="button" aria-label={t('assistant.branch.next')} disabled={index === siblings.length - 1} onClick={step(1)}>
        <CaretRightIcon size={14} />
      </button>
    </span>
  );
}
