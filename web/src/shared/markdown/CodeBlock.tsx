import { DownloadSimpleIcon } from '@phosphor-icons/react/dist/csr/DownloadSimple';
import { memo, useMemo } from 'react';
import { useT } from '@/shared/i18n/language';
import { CopyButton } from '@/shared/ui/CopyButton';
import { IconButton } from '@/shared/ui/IconButton';
import { downloadName, readCodeInfo } from './codeInfo';
import classes from './CodeBlock.module.css';
import type { CodeLine } from './highlighter';
import { useHighlight } from './useHighlight';

interface CodeBlockProps {
  info: string;
  source: string;
  streaming?: boolean;
}

/** A block of code with its language and name; colours come when the browser has time for them. */
export function CodeBlock({ info, source, streaming = false }: CodeBlockProps) {
  const t = useT();
  const described = useMemo(() => readCodeInfo(info), [info]);
  const { language, fileName } = described;
  const highlighted = useHighlight(source, language, streaming);
  const plain = highlighted ? source.slice(highlighted.length) : source;
  return (
    <figure className={classes.code}>
      <header>
        {language !== '' && <span className={classes.language}>{language}</span>}
        {language !== '' && fileName !== undefined && <span aria-hidden="true">·</span>}
        {fileName !== undefined && <span className={classes.name}>{fileName}</span>}
        <span className="at-grow" />
        <CopyButton text={source} label={t('assistant.code.copy')} />
        <IconButton label={t('assistant.code.download')} onClick={() => download(source, downloadName(described))}>
          <DownloadSimpleIcon size={15} />
        </IconButton>
      </header>
      <pre tabIndex={0} dir="ltr" aria-label={language === '' ? t('assistant.code.label') : t('assistant.code.labelIn', { language })}>
        <code>
          {highlighted?.lines.map((line, index) => <Line key={index} line={line} />)}
          {plain}
          {streaming && <span className={classes.caret} aria-hidden="true" />}
        </code>
      </pre>
    </figure>
  );
}

const Line = memo(
  function Line({ line }: { line: CodeLine }) {
    return (
      <span>
        {line.map(({ kind, text }, index) => (kind === undefined ? text : <span key={index} className={classes[kind]}>{text}</span>))}
        {'\n'}
      </span>
    );
  },
  ({ line: before }, { line: after }) => before.length === after.length && before.every((token, index) => token.text === after[index]?.text && token.kind === after[index].kind),
);

function download(source: string, name: string) {
  const address = URL.createObjectURL(new Blob([source], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
