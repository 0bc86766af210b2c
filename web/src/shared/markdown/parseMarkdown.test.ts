import { expect, test } from 'vitest';
import { definitionsIn, parseMarkdown } from './parseMarkdown';

const kinds = (source: string) => JSON.stringify(parseMarkdown(source), (key, value: unknown) => (key === 'position' ? undefined : value));

test('Reads formulas in dollars and in brackets', () => {
  expect(kinds('so $a_b$ and \\(c*d*e\\)')).toContain('{"type":"formula","value":"a_b","display":false}');
  expect(kinds('so $a_b$ and \\(c*d*e\\)')).toContain('{"type":"formula","value":"c*d*e","display":false}');
  expect(kinds('now $$x +\ny$$ then')).toContain('{"type":"formula","value":"x +\\ny","display":true}');
  expect(kinds('now \\[x\\]')).toContain('"display":true');
});

test.each(['It costs $5 and $10.', 'From $0.41 of $2.00', 'either $5/$10', 'a \\$5 note', 'one $ alone', '$', '$$', '\\(', '\\( never closed'])(
  'Leaves money and single marks as text: %s',
  (source) => {
    expect(kinds(source)).not.toContain('"formula"');
  },
);

test('Keeps escapes and line breaks that begin with a backslash', () => {
  expect(kinds('\\*not strong\\*')).toContain('*not strong*');
  expect(kinds('one\\\ntwo')).toContain('"break"');
});

test('Leaves HTML as text', () => {
  const parsed = kinds('<img src=x onerror=alert(1)>\n\na <b>b</b>');
  expect(parsed).not.toContain('"html"');
  expect(parsed).toContain('<img src=x onerror=alert(1)>');
});

test('Reads tables, strikethrough, tasks and bare addresses', () => {
  const parsed = kinds('| a |\n|---|\n| ~~b~~ |\n\n- [x] done\n\nhttps://example.org');
  for (const kind of ['"table"', '"delete"', '"checked":true', '"url":"https://example.org"']) expect(parsed).toContain(kind);
});

test('Finds link definitions for use in other blocks', () => {
  const definitions = definitionsIn(['see [docs]', '[docs]: https://example.org/a\n[more]: https://example.org/b']);
  expect(kinds('see [docs]')).not.toContain('linkReference');
  expect(JSON.stringify(parseMarkdown('see [docs]', definitions))).toContain('"linkReference"');
});
