import { describe, expect, it } from 'vitest';
import en from './en.json';
import es from './es.json';
import vi from './vi.json';
import { translator } from './messages';

type Catalogue = Record<string, string>;
const catalogues: Record<string, Catalogue> = { en, es, vi };
const form = /\.(zero|one|two|few|many|other)$/;
const base = (key: string) => key.replace(form, '');
const holes = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].sort();
const formsOf = (catalogue: Catalogue, key: string) => Object.keys(catalogue).filter((each) => base(each) === key);

describe.each(Object.entries(catalogues))('the catalogue in %s', (locale, catalogue) => {
  it('has every key of the English one and no other', () => {
    expect(new Set(Object.keys(catalogue).map(base))).toEqual(new Set(Object.keys(en).map(base)));
  });

  it('has a sentence for every key', () => {
    expect(Object.entries(catalogue).filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it('leaves the same holes as the English one', () => {
    for (const [key, sentence] of Object.entries(catalogue)) {
      const english = formsOf(en, base(key)).map((each) => holes((en as Catalogue)[each] ?? ''));
      expect(english, key).toContainEqual(holes(sentence));
    }
  });

  it('has the plural forms that its language needs', () => {
    // "many" is for whole millions in Spanish; "other" reads right there.
    const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.filter((each) => each !== 'many');
    for (const key of Object.keys(catalogue).filter((each) => form.test(each)).map(base)) {
      expect(formsOf(catalogue, key).sort(), key).toEqual(needed.map((each) => `${key}.${each}`).sort());
    }
  });

  it('keeps its keys in order, so that two changes rarely meet', () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(catalogue).sort());
  });
});

describe('a translator', () => {
  it('chooses the plural form and writes the number as the language does', () => {
    const t = translator('en', en);
    expect(t('problem.rateLimited', { count: 1 })).toBe('Too many tries. Wait 1 second.');
    expect(t('problem.rateLimited', { count: 1200 })).toBe('Too many tries. Wait 1,200 seconds.');
  });

  it('puts text into a hole as it is, even when it looks like a hole', () => {
    expect(translator('en', en)('shell.yourMenu', { name: '{count} $&' })).toBe('{count} $&, your menu');
  });
});
