import { FileIcon } from '@phosphor-icons/react/dist/csr/File';
import { WarningCircleIcon } from '@phosphor-icons/react/dist/csr/WarningCircle';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import classes from './Composer.module.css';
import type { AttachedFile } from './useAttachments';

/** The files that go with the text, each with a way to take it back. */
export function AttachedFiles({ files, onRemove }: { files: readonly AttachedFile[]; onRemove: (key: string) => void }) {
  const t = useT();
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t('assistant.composer.files')}>
      {files.map((file) => (
        <AttachedFileChip key={file.key} file={file} onRemove={() => onRemove(file.key)} />
      ))}
    </ul>
  );
}

function AttachedFileChip({ file, onRemove }: { file: AttachedFile; onRemove: () => void }) {
  const t = useT();
  const problemText = useProblemText();
  return (
    <li className={classes.file} data-state={file.state}>
      {file.preview === undefined ? <FileIcon size={18} aria-hidden /> : <img src={file.preview} alt="" />}
      <span className={classes.fileName}>
        <span className="at-cut">{file.name}</span>
        {file.state === 'uploading' && <span className="at-meta">{t('assistant.composer.uploading')}</span>}
        {file.state === 'failed' && (
          <span className={classes.fileProblem} role="alert">
            <WarningCircleIcon size={13} weight="fill" aria-hidden /> {problemText(file.problem)}
          </span>
        )}
      </span>
      <button type="button" className={classes.removeFile} aria-label={t('assistant.composer.removeFile', { name: file.name })} onClick={onRemove}>
        <XIcon size={13} />
      </button>
    </li>
  );
}
