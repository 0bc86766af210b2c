import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const isSource = (file: string) => /\.(ts|tsx|css|json|js|webmanifest)$/.test(file) && !/\.test\.tsx?$|schema\.ts$/.test(file);
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource).map((file) => `${folder}/${file}`);
const sources = Object.fromEntries([...filesIn('src'), ...filesIn('public'), 'index.html'].map((file) => [file, readFileSync(file, 'utf8')]));
const naming = /\b(?:https?|wss?):\/\/[^\s'"`<>{}$]+/g;
// Names of formats, which nothing fetches.
const formats = ['http://www.w3.org/2000/svg', 'http://www.w3.org/1998/Math/MathML'];

describe('the web app', () => {
  it('names no host: every address is one of the house it came from', { meta: { keeps: ['Z-093'] } }, () => {
    expect(Object.keys(sources).length).toBeGreaterThan(100);
    const named = Object.entries(sources).flatMap(([file, text]) => (text.match(naming) ?? []).filter((address) => !formats.includes(address)).map((address) => `${file}: ${address}`));
    expect(named).toEqual([]);
  });

  it('reads its styles and scripts from files, as the Content-Security-Policy asks', () => {
    const page = sources['index.html'] ?? '';
    expect(page).toContain('<meta name="csp-nonce" content="__NONCE__"');
    expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });
});
