import en from '@/shared/i18n/en.json';
import type { MessageKey, Translate } from '@/shared/i18n/messages';

const nameOf = (t: Translate, kind: 'module' | 'feature', name: string): string => {
  const key = `costs.${kind}.${name.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  return Object.hasOwn(en, key) ? t(key as MessageKey) : name;
};

/** The apps by the names they have in the rail; what the catalogue does not know keeps its own. */
export const moduleName = (t: Translate, module: string): string => nameOf(t, 'module', module);
/** What was asked for: an answer, a title, a picture. */
export const featureName = (t: Translate, feature: string): string => nameOf(t, 'feature', feature);

export const knownModules = ['assistant', 'community', 'builder', 'coder', 'giggles', 'api'] as const;

/** The address of what a call was made for; nothing where that app has none. */
export const thingAddress = (module: string, id: string): string | undefined => (module === 'assistant' ? `/assistant/${id}` : undefined);
