import type { Import } from '@/api/types';
import { useFailureText } from '@/shared/http/failureText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import classes from './ImportCard.module.css';

/** What came in with the newest import, and what did not and why. */
export function ImportReportNote({ done }: { done: Import }) {
  const t = useT();
  const format = useFormat();
  const failureText = useFailureText();
  const { conversations, messages, skipped, problemCount, problems } = done.report;
  const bad = done.status === 'failed';
  const facts = [
    conversations > 0 && t('assistant.import.messages', { count: messages }),
    skipped > 0 && t('assistant.import.skipped', { count: skipped }),
    done.finishedAt != null && t('assistant.import.when', { when: format.ago(done.finishedAt) }),
  ].filter((fact) => fact !== false);
  return (
    <Note kind={bad ? 'bad' : done.status === 'interrupted' ? 'live' : conversations > 0 ? 'ok' : 'plain'} role="status" title={bad ? t('assistant.import.failed') : t('assistant.import.done', { count: conversations })}>
      {done.error && <>{failureText(done.error)} </>}
      {done.status === 'interrupted' && <>{t('assistant.import.interrupted')} </>}
      {facts.join(' ')}
      {problems.length > 0 && (
        <details className={classes.skipped}>
          <summary>{t('assistant.import.problems', { count: problemCount })}</summary>
          <ul>
            {problems.map(({ what, why }, index) => (
              <li key={index}>
                <b dir="auto">{what}</b> <span lang="en">{why}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Note>
  );
}
