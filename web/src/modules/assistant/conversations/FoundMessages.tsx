import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { setListOpen } from '@/shared/shell/shellStore';
import { foundMessagesQuery } from '@/modules/assistant/api';
import classes from './Conversations.module.css';

/** Messages that say what was searched for, newest first; each opens its conversation at that place. */
export function FoundMessages({ query, nothingAbove }: { query: string; nothingAbove: boolean }) {
  const t = useT();
  const format = useFormat();
  const { data } = useQuery(foundMessagesQuery(query));
  const found = data?.items ?? [];
  if (data && found.length === 0) return nothingAbove ? <p className={classes.empty}>{t('assistant.list.nothing', { query })}</p> : null;
  if (found.length === 0) return null;
  return (
    <section aria-label={t('assistant.list.inMessages')}>
      <h3 className={classes.group}>{t('assistant.list.inMessages')}</h3>
      {found.map((message) => (
        <Link key={message.messageId} to="/assistant/$conversationId" params={{ conversationId: message.conversationId }} search={{ at: message.messageId }} className={classes.found} data-conversation onClick={() => setListOpen(false)}>
          <span className={classes.foundHead}>
            <b className="at-cut at-grow" dir="auto">
              {message.conversationTitle}
            </b>
            <span className="at-meta">{format.date(message.createdAt)}</span>
          </span>
          <span className={classes.excerpt} dir="auto">
            {message.excerpt}
          </span>
        </Link>
      ))}
    </section>
  );
}
