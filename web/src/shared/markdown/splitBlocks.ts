import { closesFence, isHeading, isRule, indentOf, listMarkerOf, openFence, withoutIndent, type Fence } from './lines';

/** A piece of a Markdown document that can be parsed and drawn alone. A block that is not closed can still grow. */
export type Block =
  | { kind: 'markdown'; source: string; closed: boolean }
  | { kind: 'code'; info: string; source: string; closed: boolean }
  | { kind: 'formula'; source: string; closed: boolean };

type TextForm = 'paragraph' | 'single' | 'indented' | 'quote' | 'list';

type Open =
  | { kind: 'code'; fence: Fence; lines: string }
  | { kind: 'formula'; end: string; lines: string }
  | { kind: 'text'; form: TextForm; lines: string; bullet: string; contentIndent: number; fence: Fence | undefined; afterBlank: boolean };

/**
 * How far a document has been split. Whole lines are folded in once and never looked at again, which is what makes
 * splitting while it streams give the same blocks as splitting it whole.
 */
export interface Split {
  text: string;
  closed: readonly Block[];
  open: Open | undefined;
}

export const emptySplit: Split = { text: '', closed: [], open: undefined };

/** Folds the whole lines of `text` in; goes on from `split` when `text` begins with what it has read. */
export function splitLines(split: Split, text: string): Split {
  let { closed, open } = text.startsWith(split.text) ? split : emptySplit;
  let from = text.startsWith(split.text) ? split.text.length : 0;
  const end = text.lastIndexOf('\n') + 1;
  if (end <= from) return from === split.text.length ? split : { text: '', closed, open };
  const added: Block[] = [];
  while (from < end) {
    const next = text.indexOf('\n', from) + 1;
    const step = fold(open, text.slice(from, next - 1).replace(/\r$/, ''));
    added.push(...step.closed);
    open = step.open;
    from = next;
  }
  if (added.length > 0) closed = [...closed, ...added];
  return { text: text.slice(0, end), closed, open };
}

/** All blocks of `text`, whose whole lines are in `split`; the unfinished last line counts as a line. */
export function blocksOf(split: Split, text: string): readonly Block[] {
  const rest = text.slice(split.text.length);
  const step = rest === '' ? { closed: [], open: split.open } : fold(split.open, rest);
  const last = step.open && view(step.open, false);
  if (step.closed.length === 0 && !last) return split.closed;
  return [...split.closed, ...step.closed, ...(last ? [last] : [])];
}

export function splitBlocks(text: string): readonly Block[] {
  return blocksOf(splitLines(emptySplit, text), text);
}

function view(open: Open, closed: boolean): Block {
  switch (open.kind) {
    case 'code':
      return { kind: 'code', info: open.fence.info, source: open.lines.slice(0, -1), closed };
    case 'formula':
      return { kind: 'formula', source: open.lines.trim(), closed };
    case 'text':
      return { kind: 'markdown', source: open.lines.trimEnd(), closed };
  }
}

interface Step {
  closed: Block[];
  open: Open | undefined;
}

function fold(open: Open | undefined, line: string): Step {
  switch (open?.kind) {
    case undefined:
      return start(line);
    case 'code':
      if (closesFence(open.fence, line)) return { closed: [view(open, true)], open: undefined };
      return { closed: [], open: { ...open, lines: joined(open.lines, withoutIndent(line, open.fence.indent)) } };
    case 'formula': {
      const ended = line.trimEnd().endsWith(open.end);
      const grown = { ...open, lines: joined(open.lines, ended ? line.trimEnd().slice(0, -open.end.length) : line) };
      return ended ? { closed: [view(grown, true)], open: undefined } : { closed: [], open: grown };
    }
    case 'text':
      return open.form === 'list' ? foldList(open, line) : foldText(open, line);
  }
}

type OpenText = Extract<Open, { kind: 'text' }>;

function foldText(open: OpenText, line: string): Step {
  const blank = line.trim() === '';
  switch (open.form) {
    case 'single':
      return closeThen(open, line);
    case 'indented':
      return blank || indentOf(line) >= 4 ? grow(open, line) : closeThen(open, line);
    case 'quote':
      return blank || (!line.trimStart().startsWith('>') && interrupts(line)) ? closeThen(open, line) : grow(open, line);
    default:
      // Under a paragraph a line of dashes is its underline, not a rule.
      if (/^ {0,3}(-+|=+)\s*$/.test(line)) return { closed: [view({ ...open, lines: joined(open.lines, line) }, true)], open: undefined };
      return blank || interrupts(line) ? closeThen(open, line) : grow(open, line);
  }
}

// A list holds what is indented under its items, and goes on over blank lines until something stands at the margin.
function foldList(open: OpenText, line: string): Step {
  if (line.trim() === '') return { closed: [], open: { ...open, lines: joined(open.lines, line), afterBlank: true } };
  const indent = indentOf(line);
  if (indent >= open.contentIndent) return grow(open, line, fenceAfter(open.fence, line));
  const marker = isRule(line) ? undefined : listMarkerOf(line);
  if (marker?.bullet === open.bullet) {
    return grow({ ...open, contentIndent: marker.contentIndent }, line, openFence(marker.content));
  }
  const ends = open.afterBlank || open.fence !== undefined || marker !== undefined || interrupts(line);
  return ends ? closeThen(open, line) : grow(open, line);
}

function fenceAfter(fence: Fence | undefined, line: string): Fence | undefined {
  const content = line.trimStart();
  if (fence) return closesFence(fence, content) ? undefined : fence;
  return openFence(content) ?? openFence(listMarkerOf(content)?.content ?? '');
}

function start(line: string): Step {
  if (line.trim() === '') return { closed: [], open: undefined };
  const fence = openFence(line);
  if (fence) return { closed: [], open: { kind: 'code', fence, lines: '' } };
  const formula = startFormula(line);
  if (formula) return formula;
  if (isHeading(line) || isRule(line)) return text('single', line);
  const marker = listMarkerOf(line);
  if (marker) return text('list', line, marker.bullet, marker.contentIndent, openFence(marker.content));
  if (line.trimStart().startsWith('>') && indentOf(line) < 4) return text('quote', line);
  return text(indentOf(line) >= 4 ? 'indented' : 'paragraph', line);
}

function startFormula(line: string): Step | undefined {
  if (indentOf(line) >= 4) return undefined;
  const trimmed = line.trim();
  if (trimmed === '$$' || trimmed === '\\[') return { closed: [], open: { kind: 'formula', end: trimmed === '$$' ? '$$' : '\\]', lines: '' } };
  const whole = /^(?:\$\$([^$]+)\$\$|\\\[(.+)\\\])$/.exec(trimmed);
  const source = whole?.[1] ?? whole?.[2];
  return source === undefined ? undefined : { closed: [{ kind: 'formula', source: source.trim(), closed: true }], open: undefined };
}

/** Whether a line begins a block of its own even without a blank line before it. */
function interrupts(line: string): boolean {
  if (indentOf(line) >= 4) return false;
  const marker = listMarkerOf(line);
  return (
    openFence(line) !== undefined ||
    isHeading(line) ||
    isRule(line) ||
    startFormula(line) !== undefined ||
    line.trimStart().startsWith('>') ||
    (marker !== undefined && marker.content !== '' && (marker.start === undefined || marker.start === 1))
  );
}

function text(form: TextForm, line: string, bullet = '', contentIndent = 0, fence?: Fence): Step {
  return { closed: [], open: { kind: 'text', form, lines: joined('', line), bullet, contentIndent, fence, afterBlank: false } };
}

function grow(open: OpenText, line: string, fence?: Fence): Step {
  return { closed: [], open: { ...open, lines: joined(open.lines, line), fence, afterBlank: false } };
}

function closeThen(open: OpenText, line: string): Step {
  const next = start(line);
  return { closed: [view(open, true), ...next.closed], open: next.open };
}

const joined = (lines: string, line: string) => `${lines}${line}\n`;
