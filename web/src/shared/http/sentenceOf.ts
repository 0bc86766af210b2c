import en from '@/shared/i18n/en.json';
import type { MessageKey } from '@/shared/i18n/messages';

/**
 * The catalogue's key for a code of the server, or undefined: `key-refused` is `problem.keyRefused` where a request was
 * refused, and `failure.keyRefused` where an answer failed.
 */
export function sentenceOf(kind: 'problem' | 'failure', code: string): MessageKey | undefined {
  const key = `${kind}.${code.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  return Object.hasOwn(en, key) ? (key as MessageKey) : undefined;
}
