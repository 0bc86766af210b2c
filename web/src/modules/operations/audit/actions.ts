import en from '@/shared/i18n/en.json';
import type { MessageKey, Translate } from '@/shared/i18n/messages';

const prefix = 'audit.';

/** `accounts.signed-in` is `audit.accounts.signedIn` in the catalogue. */
const keyOf = (action: string): string => prefix + action.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What the house writes down, as its catalogue knows it. */
export const knownActions: readonly string[] = Object.keys(en)
  .filter((key) => key.startsWith(prefix))
  .map((key) => key.slice(prefix.length).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));

/** An action in words; its own name where the catalogue has none, so that nothing is hidden. */
export function actionName(t: Translate, action: string): string {
  const key = keyOf(action);
  return Object.hasOwn(en, key) ? t(key as MessageKey) : action;
}
