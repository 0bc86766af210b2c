import { describe, expect, test } from 'vitest';
import { parseMarkdown } from './parseMarkdown';
import { blocksOf, emptySplit, splitBlocks, splitLines, type Block } from './splitBlocks';

const documents: Record<string, string> = {
  prose: 'First.\nStill first.\n\nSecond **bold\nover lines**.\n\n\nThird',
  headings: '# One\ntext\n## Two\nTitle\n=====\nafter\n\nOther\n---\n\n---\n***\ntext\n* * *\n',
  fences: 'Before\n```ts title="a.ts"\nconst a = 1;\n\n\n# not a heading\n``\n```\nAfter\n~~~\n```\n~~~\n````md\n```js\n```\n````\n\n```\nnever closed\n',
  'first line empty': '```\n\n  a\n\nb\n\n```\n',
  lists: '- a\n- b\n\n  more b\n\n      code in b\n- c\n  - d\n\n    e\n\nEnd\n1. one\n2. two\n\n\n3. three\n* star\n* star\n- dash\n',
  'list with fence': '1. Run:\n   ```sh\n   npm i\n\n   npm t\n   ```\n2. Then\n\n   ```\n   x\n   ```\n\nDone\n',
  'list broken by fence': '- item\n```\ncode\n\nmore\n```\ntext\n',
  'list with lazy line': '- a\nlazy\n- b\n> quote\n- c\n# H\n',
  'list after paragraph': 'Take:\n- a\n- b\n\nand 2. is text\n2. so\n\n',
  'fence in item line': '- ```js\n  a\n\n  b\n  ```\n- x\n',
  quotes: '> a\n> b\nlazy\n\n> c\n> ```\n> d\n> ```\nend\n> - e\n\n',
  tables: 'Intro\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n| 3 | 4 |\n\nAfter\n',
  indented: '    code\n\n    more\n\ntext\n    not code\n',
  windows: 'one\r\n\r\n```js\r\na\r\n```\r\ntwo',
  rules: '- a\n---\n- b\n\n- - -\n',
  empty: '',
  blank: '\n\n  \n',
  'no text in item': '-\n- a\n-\n\n  b\n',
};

/** What the blocks say when each is parsed alone, put together again. */
function parsedApart(blocks: readonly Block[]): unknown[] {
  return blocks.flatMap((block): unknown[] => {
    if (block.kind === 'code') return [{ type: 'code', value: block.source }];
    return block.kind === 'formula' ? [{ type: 'formula', value: block.source }] : parseMarkdown(block.source).map(bare);
  });
}

function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== 'object' || node === null) return node;
  const { type, value } = node as { type?: string; value?: string };
  if (type === 'code') return { type, value };
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'position').map(([key, inner]) => [key, bare(inner)]));
}

describe.each(Object.entries(documents))('%s', (_, source) => {
  test('Splits the same while it streams as whole, for every prefix and step', () => {
    for (const step of [1, 2, 3, 7]) {
      let split = emptySplit;
      for (let end = 0; end <= source.length; end += step) {
        const prefix = source.slice(0, end);
        split = splitLines(split, prefix);
        expect(blocksOf(split, prefix)).toEqual(splitBlocks(prefix));
      }
    }
  });

  test('Never changes a closed block of whole lines', () => {
    let split = emptySplit;
    for (let end = 0; end <= source.length; end++) {
      const next = splitLines(split, source.slice(0, end));
      expect(next.closed.slice(0, split.closed.length)).toEqual(split.closed);
      split.closed.forEach((block, index) => expect(next.closed[index]).toBe(block));
      split = next;
    }
  });

  test('Says the same in blocks as parsed whole', () => {
    const whole = source.replaceAll('\r\n', '\n');
    expect(parsedApart(splitBlocks(whole))).toEqual(parseMarkdown(whole).map(bare));
  });
});

test('Starts over when the text was replaced', () => {
  const split = splitLines(emptySplit, 'one\n\ntwo\n');
  const replaced = 'uno\n\ndos\n';
  expect(blocksOf(splitLines(split, replaced), replaced)).toEqual(splitBlocks(replaced));
});

test('Knows whether the last block can still grow', () => {
  expect(splitBlocks('```js\nlet a').at(-1)).toEqual({ kind: 'code', info: 'js', source: 'let a', closed: false });
  expect(splitBlocks('```js\nlet a\n```').at(-1)).toMatchObject({ closed: true });
  expect(splitBlocks('# Title\n\n').at(-1)).toMatchObject({ closed: true });
});

test.each([
  ['$$\na + b\n$$\n', 'a + b'],
  ['\\[\na\n\\]', 'a'],
  ['$$ a $$', 'a'],
  ['$$\na\n\nb$$', 'a\n\nb'],
])('Takes a formula on lines of its own as a block: %j', (source, formula) => {
  expect(splitBlocks(source)).toEqual([{ kind: 'formula', source: formula, closed: true }]);
});
