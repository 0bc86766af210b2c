import type { ProviderTest } from '@/api/types';
import { failureText, firstSentence } from '@/shared/http/failureText';
import { currentLanguage } from '@/shared/i18n/language';
import type { MessageKey, Translate } from '@/shared/i18n/messages';

const sentences: Readonly<Record<string, MessageKey>> = {
  'key-refused': 'gateway.key.refused',
  'quota-exhausted': 'gateway.test.quota',
  'model-not-found': 'gateway.test.model',
  'rate-limited': 'gateway.test.tooMany',
  'timed-out': 'gateway.test.unreachable',
  'provider-unreachable': 'gateway.test.unreachable',
  'provider-unavailable': 'gateway.test.unavailable',
  'address-refused': 'problem.addressRefused',
};

/** Why a test failed, in the person's language where the reason is a known one. */
export function testProblem(t: Translate, test: ProviderTest, provider: string): string {
  const key = test.code ? sentences[test.code] : undefined;
  if (key !== undefined) return t(key, { provider });
  // Of an answer's failure only what happened is true of a test: there was no question to keep.
  return firstSentence(failureText({ ...currentLanguage(), t }, test, provider)) || t('gateway.test.unavailable', { provider });
}
