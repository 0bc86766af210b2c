import type { ElementContent, Root } from 'hast';
import type { LanguageFn } from 'highlight.js';
import { createLowlight } from 'lowlight';

export type TokenKind = 'key' | 'str' | 'num' | 'fn' | 'type' | 'note' | 'added' | 'removed';

export interface Token {
  kind: TokenKind | undefined;
  text: string;
}

export type CodeLine = readonly Token[];

const lowlight = createLowlight();

type Grammar = Promise<{ default: LanguageFn }>;

const grammars: Readonly<Record<string, () => Grammar>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  nginx: () => import('highlight.js/lib/languages/nginx'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const aliases: Readonly<Record<string, string>> = {
  'c#': 'csharp', 'c++': 'cpp', cs: 'csharp', docker: 'dockerfile', golang: 'go', h: 'c', hpp: 'cpp', htm: 'xml', html: 'xml', js: 'javascript', json5: 'json',
  jsonc: 'json', jsx: 'javascript', kt: 'kotlin', make: 'makefile', md: 'markdown', mjs: 'javascript', patch: 'diff', ps1: 'powershell', py: 'python', python3: 'python',
  rb: 'ruby', rs: 'rust', sass: 'scss', sh: 'bash', shell: 'bash', svg: 'xml', toml: 'ini', ts: 'typescript', tsx: 'typescript', vue: 'xml', yml: 'yaml', zsh: 'bash',
};

/** Coloured lines of `source`, or undefined for a language without a grammar. */
export async function highlight(source: string, language: string): Promise<readonly CodeLine[] | undefined> {
  const name = aliases[language] ?? language;
  const load = grammars[name];
  if (!load) return undefined;
  if (!lowlight.registered(name)) lowlight.register(name, (await load()).default);
  return toLines(lowlight.highlight(name, source));
}

function toLines(root: Root): readonly CodeLine[] {
  const lines: Token[][] = [[]];
  const walk = (nodes: readonly (ElementContent | Root['children'][number])[], kind: TokenKind | undefined) => {
    for (const node of nodes) {
      if (node.type === 'element') walk(node.children, kindOf(node.properties['className']) ?? kind);
      else if (node.type === 'text')
        node.value.split('\n').forEach((text, index) => {
          if (index > 0) lines.push([]);
          if (text !== '') lines.at(-1)?.push({ kind, text });
        });
    }
  };
  walk(root.children, undefined);
  return lines;
}

const kinds: Readonly<Record<string, TokenKind>> = {
  keyword: 'key', 'selector-tag': 'key', name: 'key', literal: 'key', 'meta-keyword': 'key',
  string: 'str', regexp: 'str', 'template-tag': 'str', quote: 'str', code: 'str',
  number: 'num', symbol: 'num', bullet: 'num', link: 'num',
  title: 'fn', function_: 'fn', section: 'fn', attr: 'fn', attribute: 'fn', property: 'fn',
  class_: 'type', type: 'type', built_in: 'type', 'selector-class': 'type', 'selector-id': 'type', meta: 'type', decorator: 'type',
  comment: 'note', doctag: 'note',
  addition: 'added', deletion: 'removed',
};

function kindOf(names: unknown): TokenKind | undefined {
  if (!Array.isArray(names)) return undefined;
  // The last is the most exact one: "hljs-title class_".
  return names.map((name) => kinds[String(name).replace(/^hljs-/, '')]).findLast((kind) => kind !== undefined);
}
