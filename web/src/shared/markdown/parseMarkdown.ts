import type { RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { mathFromMarkdown, mathSyntax } from './mathSyntax';

// HTML is not a part of what models and people may write here: it stays the text it is, so nothing needs cleaning.
const withoutHtml = { disable: { null: ['htmlFlow', 'htmlText'] } };

const extensions = [gfmTable(), gfmStrikethrough({ singleTilde: false }), gfmAutolinkLiteral(), gfmTaskListItem(), mathSyntax, withoutHtml];
const mdastExtensions = [
  gfmTableFromMarkdown(),
  gfmStrikethroughFromMarkdown(),
  gfmAutolinkLiteralFromMarkdown(),
  gfmTaskListItemFromMarkdown(),
  mathFromMarkdown,
];

const cache = new Map<string, readonly RootContent[]>();
const cacheSize = 2000;

/** Parses GitHub-flavoured Markdown with formulas and without HTML. `definitions` are link targets given elsewhere. */
export function parseMarkdown(source: string, definitions = ''): readonly RootContent[] {
  return fromMarkdown(definitions === '' ? source : `${source}\n\n${definitions}`, { extensions, mdastExtensions }).children;
}

/** The same, remembered: rows of a virtual list come and go with the same text. */
export function parseRemembered(source: string, definitions: string): readonly RootContent[] {
  const key = definitions === '' ? source : `${source}\u0000${definitions}`;
  const known = cache.get(key);
  if (known) return known;
  const parsed = parseMarkdown(source, definitions);
  cache.set(key, parsed);
  if (cache.size > cacheSize) for (const oldest of cache.keys()) {
    cache.delete(oldest);
    break;
  }
  return parsed;
}

/** The link definitions ("[label]: address") among the blocks of a document, which any of its blocks may use. */
export function definitionsIn(sources: readonly string[]): string {
  return sources
    .filter((source) => source.startsWith('['))
    .flatMap((source) => source.match(/^\[[^\]^][^\]]*\]:\s+\S.*$/gm) ?? [])
    .join('\n');
}
