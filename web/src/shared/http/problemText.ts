import type { MessageKey, Translate } from '@/shared/i18n/messages';
import { Problem } from './problem';

const sentences: Readonly<Record<string, MessageKey>> = {
  'no-connection': 'problem.noConnection',
  'sign-in-required': 'problem.signInRequired',
  'sign-in-failed': 'problem.signInFailed',
  'not-allowed': 'problem.notAllowed',
  'not-found': 'problem.notFound',
  'too-large': 'problem.tooLarge',
  'database-unavailable': 'problem.databaseUnavailable',
  'username-taken': 'problem.usernameTaken',
  'setup-token-required': 'problem.setupTokenRequired',
  'setup-token-invalid': 'problem.setupTokenInvalid',
  'registration-closed': 'problem.registrationClosed',
  'sign-in-busy': 'problem.signInBusy',
  'insecure-origin': 'problem.insecureOrigin',
  'invitation-required': 'problem.invitationRequired',
  'password-changed': 'problem.passwordChanged',
  'storage-full': 'problem.storageFull',
  'too-many-keys': 'problem.tooManyKeys',
  'key-bound-elsewhere': 'problem.keyBoundElsewhere',
  'address-refused': 'problem.addressRefused',
  'key-refused': 'problem.keyRefused',
  'provider-unreachable': 'problem.providerUnreachable',
};

/** The sentence for a problem in the person's language; the server's own English one where there is none. */
export function problemText(t: Translate, error: unknown): string {
  if (!(error instanceof Problem)) return t('problem.unexpected');
  if (error.code === 'rate-limited') return t('problem.rateLimited', { count: error.retryAfter ?? 60 });
  if (error.code === 'validation') return Object.values(error.errors)[0]?.[0] ?? error.title;
  const key = sentences[error.code];
  return key === undefined ? error.title : t(key);
}
