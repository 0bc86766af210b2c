import { create } from 'zustand';
import type { Locale } from '@/api/types';
import en from './en.json';
import { isLocale, loadCatalogue, translator, type Translate } from './messages';

const remembered = 'atrium.locale';

interface Language {
  locale: Locale;
  t: Translate;
}

const useLanguage = create<Language>(() => ({ locale: 'en', t: translator('en', en) }));

/** The sentences of the current language; the component is drawn again when it changes. */
export const useT = (): Translate => useLanguage((language) => language.t);

export const useLocale = (): Locale => useLanguage((language) => language.locale);

/** For code outside components. */
export const currentLanguage = (): Language => useLanguage.getState();

/** The language kept on this device, else the first of the browser's that the house speaks. */
export function preferredLocale(): Locale {
  const kept = localStorage.getItem(remembered);
  if (isLocale(kept)) return kept;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLocale) ?? 'en';
}

export async function setLocale(locale: Locale): Promise<void> {
  const catalogue = await loadCatalogue(locale);
  localStorage.setItem(remembered, locale);
  document.documentElement.lang = locale;
  useLanguage.setState({ locale, t: translator(locale, catalogue) });
}
