import { expect, test } from 'vitest';
import type { Locale } from '@/api/types';
import { loadCatalogue, translator } from '@/shared/i18n/messages';
import { failureText, firstSentence } from './failureText';

const language = async (locale: Locale) => ({ locale, t: translator(locale, await loadCatalogue(locale)) });
const refused = { code: 'key-refused', title: "OpenAI refused 'Old shop key' (401). Your question is kept.", values: { provider: 'OpenAI', key: 'Old shop key', status: 401 } };

test.each([
  ['en', "OpenAI refused 'Old shop key' (401)."],
  ['es', 'OpenAI rechazó la clave «Old shop key» (401).'],
  ['vi', 'OpenAI từ chối khóa “Old shop key” (401).'],
] as const)('names provider, key and status in %s', async (locale, sentence) => {
  expect(firstSentence(failureText(await language(locale), refused))).toBe(sentence);
});

test.each([
  ['es', 'El proveedor rechazó tu clave.'],
  ['vi', 'Nhà cung cấp từ chối khóa của bạn.'],
] as const)('says in %s as much as is known of a failure that was stored without names', async (locale, sentence) => {
  expect(firstSentence(failureText(await language(locale), { code: 'key-refused', title: 'Refused.' }))).toBe(sentence);
});

test('leaves no hole unfilled, whatever the failure', async () => {
  for (const locale of ['en', 'es', 'vi'] as const) {
    const spoken = await language(locale);
    const codes = ['key-not-allowed', 'quota-exhausted', 'model-not-found', 'provider-unavailable', 'request-refused', 'key-refused'];
    for (const code of codes) expect(failureText(spoken, { code, values: { provider: 'Groq', key: 'Spare', status: null } }), `${locale} ${code}`).not.toMatch(/[{}]/);
  }
});
