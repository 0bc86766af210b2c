import type { Locale } from '@/api/types';
import en from './en.json';

type Catalogue = Readonly<Record<string, string>>;
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type Key = keyof typeof en;

/** Keys of the catalogue; those with plural forms are named without the form and need a `count`. */
export type MessageKey = Key extends infer K ? (K extends `${infer Base}.${PluralForm}` ? Base : K) : never;

export type MessageValues = Readonly<Record<string, string | number>>;

export const localeNames: Readonly<Record<Locale, string>> = { en: 'English', es: 'Español', vi: 'Tiếng Việt' };

export const isLocale = (value: unknown): value is Locale => typeof value === 'string' && value in localeNames;

export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  switch (locale) {
    case 'en':
      return en;
    case 'es':
      return (await import('./es.json')).default;
    case 'vi':
      return (await import('./vi.json')).default;
  }
}

/** A function from a key and values to a sentence in one language. */
export function translator(locale: Locale, catalogue: Catalogue) {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key: MessageKey, values: MessageValues = {}): string => {
    const count = values.count;
    const sentence =
      catalogue[key] ??
      (typeof count === 'number' ? catalogue[`${key}.${plural.select(count)}`] : undefined) ??
      catalogue[`${key}.other`] ??
      key;
    return sentence.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
      const value = values[name];
      return value === undefined ? hole : typeof value === 'number' ? number.format(value) : value;
    });
  };
}

export type Translate = ReturnType<typeof translator>;
