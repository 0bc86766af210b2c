import { Button } from '@mantine/core';
import { ClockIcon } from '@phosphor-icons/react/dist/csr/Clock';
import { HourglassIcon } from '@phosphor-icons/react/dist/csr/Hourglass';
import { WarningCircleIcon } from '@phosphor-icons/react/dist/csr/WarningCircle';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useEffect, useState } from 'react';
import type { Question } from '@/shared/composer/queue';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { AttachmentPart } from '@/modules/assistant/messages/AttachmentPart';
import messages from '@/modules/assistant/messages/Messages.module.css';
import { attachmentPart, type Outgoing } from './talk';
import classes from './Talk.module.css';

interface OutgoingQuestionProps {
  outgoing: Outgoing;
  onRetry: () => void;
  onEdit: () => void;
  onRemove: () => void;
}

/** The question that was just sent, shown before the server has taken it; with the reason when it has not. */
export function OutgoingQuestion({ outgoing, onRetry, onEdit, onRemove }: OutgoingQuestionProps) {
  const { question, problem } = outgoing;
  return (
    <div className={messages.row}>
      <div className={messages.me}>
        {question.attachments.map((attachment) => {
          const part = attachmentPart(attachment);
          return part.type === 'image' || part.type === 'file' ? <AttachmentPart key={attachment.id} part={part} /> : null;
        })}
        {question.text !== '' && (
          <div className={messages.bubble} dir="auto">
            {question.text}
          </div>
        )}
      </div>
      {problem === undefined ? <Sending /> : <NotSent problem={problem} onRetry={onRetry} onEdit={onEdit} onRemove={onRemove} />}
    </div>
  );
}

function Sending() {
  const t = useT();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={messages.meFoot}>
      {slow && (
        <>
          <ClockIcon size={13} aria-hidden /> {t('assistant.send.sending')}
        </>
      )}
    </div>
  );
}

function NotSent({ problem, onRetry, onEdit, onRemove }: { problem: unknown } & Omit<OutgoingQuestionProps, 'outgoing'>) {
  const t = useT();
  const problemText = useProblemText();
  const offline = problem instanceof Problem && problem.status === 0;
  if (offline) {
    return (
      <div className={classes.waits} role="status">
        <HourglassIcon size={14} weight="fill" aria-hidden /> {t('assistant.send.waiting')}
        <button type="button" onClick={onRemove}>
          {t('assistant.send.remove')}
        </button>
      </div>
    );
  }
  return (
    <div className={classes.notSent} role="alert">
      <WarningCircleIcon size={14} weight="fill" aria-hidden />
      <span>{t('assistant.send.notSent', { reason: problemText(problem) })}</span>
      <button type="button" onClick={onRetry}>
        {t('assistant.send.again')}
      </button>
      <button type="button" onClick={onEdit}>
        {t('assistant.send.edit')}
      </button>
      <button type="button" onClick={onRemove}>
        {t('assistant.send.remove')}
      </button>
    </div>
  );
}

interface QueueProps {
  queue: readonly Question[];
  paused: boolean;
  onSend: (question: Question) => void;
  onRemove: (clientId: string) => void;
}

/** Questions written while another is being answered: they can be seen, and taken back. */
export function Queue({ queue, paused, onSend, onRemove }: QueueProps) {
  const t = useT();
  const [first] = queue;
  if (!first) return null;
  return (
    <section className={classes.queue} aria-label={t('assistant.queue.title')}>
      <div className={classes.queueHead}>
        <span>{t(paused ? 'assistant.queue.paused' : 'assistant.queue.next')}</span>
        {paused && (
          <Button size="compact-xs" variant="default" onClick={() => onSend(first)}>
            {t('assistant.queue.sendNow')}
          </Button>
        )}
      </div>
      <ol>
        {queue.map((question) => (
          <li key={question.clientId}>
            <span className="at-cut at-grow" dir="auto">
              {question.text}
            </span>
            <button type="button" aria-label={t('assistant.queue.remove', { text: question.text.slice(0, 60) })} onClick={() => onRemove(question.clientId)}>
              <XIcon size={13} />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
