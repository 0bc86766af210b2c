import { currentLanguage, useLocale } from '@/shared/i18n/language';
import type { Locale } from '@/api/types';
import type { Translate } from '@/shared/i18n/messages';
import { sentenceOf } from './sentenceOf';

interface Failure {
  code?: string | null | undefined;
  /** The server's own English sentences. */
  title?: string | null | undefined;
}

/** Why an answer failed: what happened, what is safe, what to do next. */
export function failureText(language: { locale: Locale; t: Translate }, { code, title }: Failure, provider?: string | null): string {
  // The server's sentences are English, and name the key and the status, too.
  if (language.locale === 'en' && title) return title;
  const key = code ? (sentenceOf('failure', code) ?? sentenceOf('problem', code)) : undefined;
  return key === undefined ? (title ?? '') : language.t(key, { provider: provider ?? language.t('failure.provider') });
}

export function useFailureText(): (failure: Failure, provider?: string | null) => string {
  useLocale();
  return (failure, provider) => failureText(currentLanguage(), failure, provider);
}

/** What happened, of a text that goes on to say what is safe and what to do next. */
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
