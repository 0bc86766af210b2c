import { currentLanguage, useLocale } from '@/shared/i18n/language';
import type { FailureValues, Locale } from '@/api/types';
import type { Translate } from '@/shared/i18n/messages';
import { sentenceOf } from './sentenceOf';

interface Failure {
  code?: string | null | undefined;
  /** The server's own English sentences. */
  title?: string | null | undefined;
  /** What those sentences name. */
  values?: FailureValues | null | undefined;
}

/** Why an answer failed: what happened, what is safe, what to do next. */
export function failureText(language: { locale: Locale; t: Translate }, { code, title, values }: Failure, provider?: string | null): string {
  if (language.locale === 'en' && title) return title;
  const { t } = language;
  const sentence = code ? (sentenceOf('failure', code) ?? sentenceOf('problem', code)) : undefined;
  if (sentence === undefined) return title ?? '';
  return t(sentence, {
    provider: values?.provider ?? provider ?? t('failure.provider'),
    key: values?.key ? t('failure.key.named', { name: values.key }) : t('failure.key.yours'),
    successor: values?.successor ?? '',
    status: values?.status ? ` (${values.status})` : '',
  });
}

export function useFailureText(): (failure: Failure, provider?: string | null) => string {
  useLocale();
  return (failure, provider) => failureText(currentLanguage(), failure, provider);
}

/** What happened, of a text that goes on to say what is safe and what to do next. */
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
