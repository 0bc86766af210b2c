import { ArrowClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowClockwise';
import { CaretDownIcon } from '@phosphor-icons/react/dist/csr/CaretDown';
import { GitBranchIcon } from '@phosphor-icons/react/dist/csr/GitBranch';
import { useState } from 'react';
import type { Message } from '@/api/types';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { textOf } from '@/shared/stream/message';
import { CopyButton } from '@/shared/ui/CopyButton';
import { IconButton } from '@/shared/ui/IconButton';
import { ModelDialog } from '@/modules/assistant/models/LazyModelDialog';
import type { TalkActions } from '@/modules/assistant/talk/useTalkActions';
import { BranchSwitcher } from './BranchSwitcher';
import classes from './Messages.module.css';

interface AnswerActionsProps {
  message: Message;
  actions: TalkActions;
  onBranch: () => void;
}

/** What can be done with a finished answer, and what it cost. */
export function AnswerActions({ message, actions, onBranch }: AnswerActionsProps) {
  const t = useT();
  const format = useFormat();
  const phone = useWidth() === 'phone';
  const [choosing, setChoosing] = useState(false);
  const size = phone ? 44 : 28;
  const icon = phone ? 19 : 15;
  const text = textOf(message);
  const written = message.usage?.outputTokens ?? 0;
  // What the house answers by itself is counted in neither tokens nor money.
  const cost = message.cost == null || message.provider === 'offline' ? undefined : format.money(message.cost);
  if (text === '' && message.status !== 'complete') return message.siblings.length > 1 ? <BranchSwitcher message={message} onShow={actions.show} /> : null;
  return (
    <footer className={classes.acts}>
      {text !== '' && <CopyButton text={text} label={t('assistant.message.copy')} size={size} />}
      <IconButton size={size} label={t('assistant.answer.again')} onClick={() => actions.again(message)}>
        <ArrowClockwiseIcon size={icon} />
      </IconButton>
      {!phone && (
        <IconButton size={size} narrow label={t('assistant.answer.againWith')} onClick={() => setChoosing(true)}>
          <CaretDownIcon size={11} />
        </IconButton>
      )}
      <IconButton size={size} label={t('assistant.answer.branch')} onClick={onBranch}>
        <GitBranchIcon size={icon} />
      </IconButton>
      <BranchSwitcher message={message} onShow={actions.show} />
      <span className="at-grow" />
      <span className="at-meta">
        {!phone && written > 0 && `${t('assistant.answer.written', { count: written })}${cost === undefined ? '' : ' · '}`}
        {cost !== undefined && <span className="at-num">{cost}</span>}
      </span>
      {choosing && (
        <ModelDialog
          title={t('assistant.answer.againWith')}
          selected={message.model ?? undefined}
          onClose={() => setChoosing(false)}
          onChoose={(model) => {
            setChoosing(false);
            actions.again(message, model);
          }}
        />
      )}
    </footer>
  );
}
