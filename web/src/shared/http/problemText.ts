import type { Translate } from '@/shared/i18n/messages';
import { OllamaProblem } from '@/shared/ollama/ollama';
import { Problem } from './problem';
import { sentenceOf } from './sentenceOf';

/** The sentence for a problem in the person's language; the server's own English one where there is none. */
export function problemText(t: Translate, error: unknown): string {
  if (error instanceof OllamaProblem) return t(sentenceOf('failure', error.code) ?? 'problem.unexpected');
  if (!(error instanceof Problem)) return t('problem.unexpected');
  if (error.code === 'rate-limited') return t('problem.rateLimited', { count: error.retryAfter ?? 60 });
  if (error.code === 'validation') return Object.values(error.errors)[0]?.[0] ?? t('problem.validation');
  const key = sentenceOf('problem', error.code);
  return key === undefined ? error.title : t(key, { seconds: error.retryAfter ?? 60 });
}
