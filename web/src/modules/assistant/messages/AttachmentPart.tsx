import { FileIcon } from '@phosphor-icons/react/dist/csr/File';
import type { MessagePart } from '@/api/types';
import { useFormat } from '@/shared/i18n/format';
import classes from './Messages.module.css';

type Attached = Extract<MessagePart, { type: 'image' | 'file' }>;

/** A picture or a file that goes with a message; both open in a tab of their own. */
export function AttachmentPart({ part }: { part: Attached }) {
  const format = useFormat();
  const address = `/api/attachments/${encodeURIComponent(part.attachmentId)}`;
  if (part.type === 'image') {
    return (
      <a className={classes.image} href={address} target="_blank" rel="noopener">
        <img src={address} alt={part.name} loading="lazy" />
      </a>
    );
  }
  return (
    <a className={classes.file} href={address} target="_blank" rel="noopener" download={part.name}>
      <FileIcon size={18} aria-hidden />
      <span className="at-cut">{part.name}</span>
      {part.size > 0 && <span className="at-meta">{format.compact(part.size)}B</span>}
    </a>
  );
}
