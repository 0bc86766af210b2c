import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { ExternalLink } from '@/shared/markdown/Links';
import { safeAddress } from '@/shared/markdown/safeAddress';
import classes from './Pane.module.css';

/** What the newest answer read. */
export function SourcesPane({ answer }: { answer: Message | undefined }) {
  const t = useT();
  const citations = answer?.parts.filter((part) => part.type === 'citation') ?? [];
  if (citations.length === 0) return <p className={classes.none}>{t('assistant.sources.none')}</p>;
  return (
    <ol className={classes.sources}>
      {citations.map(({ title, url, quote }, index) => (
        <li key={index} className="at-card">
          <div className="at-row">
            <span className={classes.number}>{index + 1}</span>
            <h2 className="at-cut at-grow">{url == null ? title : <ExternalLink to={url}>{title}</ExternalLink>}</h2>
          </div>
          {quote != null && <blockquote dir="auto">{quote}</blockquote>}
          {url != null && <div className="at-meta at-cut">{safeAddress(url)?.host}</div>}
        </li>
      ))}
    </ol>
  );
}
