import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '@/shared/i18n/en.json';
import es from '@/shared/i18n/es.json';
import vi from '@/shared/i18n/vi.json';
import { sentenceOf } from './sentenceOf';

const server = '../src/';
const files = ['Atrium.Platform/', 'Modules/'].flatMap((folder) => readdirSync(server + folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cs') && !name.endsWith('Persona.cs')).map((name) => folder + name));

// Where the server makes a code: a problem, a failure, an error of a message, or the constant that one of them is made of.
const made = /(?:Problems\.(?!Invalid)\w+\(|Details\(|Unauthorized\(|Refuse\(|ChatFailure\(|MessageError\(|\bnew\(|=> \()\s*(?:[\w.]+,\s*)?"([a-z]+(?:-[a-z]+)*)",\s*(?:string\.Create\([^"]*)?\$?"[{A-Z]/g;
const constant = /const string \w*Code = "([a-z-]+)"/g;

const codes = new Set(files.flatMap((file) => [made, constant].flatMap((pattern) => [...readFileSync(server + file, 'utf8').matchAll(pattern)].map(([, code = '']) => code))));

describe('the codes of the server', () => {
  it('are found in its source', () => {
    expect([...codes]).toEqual(expect.arrayContaining(['not-found', 'key-missing', 'prompt-too-long', 'provider-unavailable', 'address-refused', 'key-bound-elsewhere', 'sign-in-busy', 'database-unavailable', 'already-answering']));
    expect(codes.size).toBeGreaterThan(45);
  });

  it.each(Object.entries({ en, es, vi }))('have a sentence each in %s', (_, catalogue: Record<string, string>) => {
    const said = (code: string) => (['problem', 'failure'] as const).some((kind) => {
      const key = sentenceOf(kind, code);
      return key !== undefined && (catalogue[key] ?? '') !== '';
    });
    // It is said with the seconds to wait, so it has plural forms.
    expect([...codes].filter((code) => code !== 'rate-limited' && !said(code))).toEqual([]);
    expect(catalogue['problem.rateLimited.other']).toBeTruthy();
  });
});
