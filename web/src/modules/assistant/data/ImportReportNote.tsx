import type { MessageKey } from '@/shared/i18n/messages';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import classes from './ImportCard.module.css';
import type { ImportReport } from './importConversations';

const reasons: Readonly<Record<string, MessageKey>> = {
  'already-here': 'assistant.import.alreadyHere',
  empty: 'assistant.import.empty',
  unreadable: 'assistant.import.unreadable',
};

/** What came in, and what did not and why. */
export function ImportReportNote({ report }: { report: ImportReport }) {
  const t = useT();
  const { conversations, messages, skipped } = report;
  return (
    <Note kind={conversations > 0 ? 'ok' : 'plain'} role="status" title={t('assistant.import.done', { count: conversations })}>
      {t('assistant.import.messages', { count: messages })}
      {skipped.length > 0 && (
        <details className={classes.skipped}>
          <summary>{t('assistant.import.skipped', { count: skipped.length })}</summary>
          <ul>
            {skipped.map(({ title, code }, index) => (
              <li key={index}>
                <b dir="auto">{title}</b> {t(reasons[code] ?? 'assistant.import.unreadable')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Note>
  );
}
