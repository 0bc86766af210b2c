import { lazy, Suspense } from 'react';
import { PencilSimpleIcon } from '@phosphor-icons/react/dist/csr/PencilSimple';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { textOf } from '@/shared/stream/message';
import { CopyButton } from '@/shared/ui/CopyButton';
import { IconButton } from '@/shared/ui/IconButton';
import { AttachmentPart } from './AttachmentPart';
import { BranchSwitcher } from './BranchSwitcher';
import { onMessageKey } from './messageKeys';
import type { MessageRowProps } from './MessageRow';
import classes from './Messages.module.css';

const EditQuestion = lazy(async () => ({ default: (await import('./EditQuestion')).EditQuestion }));

export function UserMessage({ message, actions, position, editing, onEditing }: MessageRowProps) {
  const t = useT();
  const format = useFormat();
  const text = textOf(message);
  return (
    <article
      className={classes.row}
      data-message={message.id}
      tabIndex={0}
      aria-label={t('assistant.message.yours', { position })}
      onKeyDown={(event) => onMessageKey(event, { c: () => void actions.copy(message), e: () => onEditing(message.id) })}
    >
      <div className={classes.me}>
        {message.parts.map((part, index) => (part.type === 'image' || part.type === 'file' ? <AttachmentPart key={index} part={part} /> : null))}
        {editing ? (
          <Suspense>
            <EditQuestion
              text={text}
              onCancel={() => onEditing(undefined)}
              onSave={(changed) => {
                onEditing(undefined);
                actions.edit(message, changed);
              }}
            />
          </Suspense>
        ) : (
          text !== '' && (
            <div className={classes.bubble} dir="auto">
              {text}
            </div>
          )
        )}
      </div>
      {!editing && (
        <div className={classes.meFoot}>
          <span className={classes.quiet}>
            <CopyButton text={text} label={t('assistant.message.copy')} />
            <IconButton label={t('assistant.message.edit')} onClick={() => onEditing(message.id)}>
              <PencilSimpleIcon size={15} />
            </IconButton>
          </span>
          <time dateTime={message.createdAt} title={format.dateTime(message.createdAt)}>
            {format.time(message.createdAt)}
          </time>
          <BranchSwitcher message={message} onShow={actions.show} />
        </div>
      )}
    </article>
  );
}
