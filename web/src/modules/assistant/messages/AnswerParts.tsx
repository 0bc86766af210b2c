import { BrainIcon } from '@phosphor-icons/react/dist/csr/Brain';
import { CaretRightIcon } from '@phosphor-icons/react/dist/csr/CaretRight';
import { WrenchIcon } from '@phosphor-icons/react/dist/csr/Wrench';
import type { ReactNode } from 'react';
import type { Message, MessagePart } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { Markdown } from '@/shared/markdown/Markdown';
import { ExternalLink } from '@/shared/markdown/Links';
import { safeAddress } from '@/shared/markdown/safeAddress';
import { AttachmentPart } from './AttachmentPart';
import classes from './Messages.module.css';

/** The parts of an answer in the order they were made; its sources come last. */
export function AnswerParts({ message }: { message: Message }) {
  const streaming = message.status === 'streaming';
  const last = message.parts.length - 1;
  return (
    <>
      {message.parts.map((part, index) => (
        <AnswerPart key={index} part={part} streaming={streaming && index === last} />
      ))}
      <Citations parts={message.parts} />
    </>
  );
}

function AnswerPart({ part, streaming }: { part: MessagePart; streaming: boolean }) {
  switch (part.type) {
    case 'text':
      return <Markdown text={part.text} streaming={streaming} />;
    case 'reasoning':
      return <Reasoning part={part} streaming={streaming} />;
    case 'tool':
      return <ToolCall part={part} />;
    case 'image':
    case 'file':
      return <AttachmentPart part={part} />;
    case 'citation':
      return null;
  }
}

function Reasoning({ part, streaming }: { part: Extract<MessagePart, { type: 'reasoning' }>; streaming: boolean }) {
  const t = useT();
  const title = streaming ? t('assistant.reasoning.running') : part.seconds == null ? t('assistant.reasoning.done') : t('assistant.reasoning.doneIn', { count: Math.max(1, Math.round(part.seconds)) });
  return (
    <Folded icon={<BrainIcon size={15} aria-hidden />} title={title}>
      <Markdown text={part.text} streaming={streaming} />
    </Folded>
  );
}

function ToolCall({ part }: { part: Extract<MessagePart, { type: 'tool' }> }) {
  const t = useT();
  const title = part.result == null ? t('assistant.tool.running', { name: part.name }) : t('assistant.tool.done', { name: part.name });
  return (
    <Folded icon={<WrenchIcon size={15} aria-hidden />} title={title}>
      <pre>{part.arguments}</pre>
      {part.result != null && <pre>{part.result}</pre>}
    </Folded>
  );
}

function Folded({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <details className={classes.folded}>
      <summary>
        {icon}
        {title}
        <CaretRightIcon size={12} className={classes.fold} aria-hidden />
      </summary>
      <div className={classes.foldedText}>{children}</div>
    </details>
  );
}

function Citations({ parts }: { parts: readonly MessagePart[] }) {
  const t = useT();
  const citations = parts.filter((part) => part.type === 'citation');
  if (citations.length === 0) return null;
  return (
    <ol className={classes.citations} aria-label={t('assistant.sources.title')}>
      {citations.map((citation, index) => (
        <li key={index} className="at-card">
          <span className={classes.citation}>{index + 1}</span>
          <span className={classes.cited}>
            <b className="at-cut">{citation.url == null ? citation.title : <ExternalLink to={citation.url}>{citation.title}</ExternalLink>}</b>
            <span className="at-meta at-cut">{citation.url == null ? citation.quote : safeAddress(citation.url)?.host}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
