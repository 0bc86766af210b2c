import { MantineProvider } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Markdown } from './Markdown';

afterEach(cleanup);

function draw(text: string, streaming = false): Element {
  const { container } = render(<Markdown text={text} streaming={streaming} />, { wrapper: MantineProvider });
  // Beside it stands what the provider brings along.
  return container.querySelector('[class*=prose]') ?? container;
}

test('Draws what people and models write', { meta: { keeps: ['L-019'] } }, () => {
  const page = draw('# Title\n\nSome **bold**, *soft*, ~~gone~~ and `code`.\n\n- one\n- [x] two\n\n3. three\n\n> quoted\n\n| a | b |\n|---|--:|\n| 1 | 2<br>3 |\n\n```ts title="a.ts"\nconst a = 1;\n```\n\n---\n');
  for (const tag of ['h3', 'strong', 'em', 'del', 'p > code', 'ul > li', 'input[type=checkbox]', 'ol[start="3"]', 'blockquote', 'th[data-align=right]', 'td > br', 'figure pre code', 'hr']) {
    expect(page.querySelector(tag), tag).not.toBeNull();
  }
  expect(page.querySelector('figure')?.textContent).toContain('a.ts');
});

test('Opens links in a tab that learns nothing of this one', () => {
  const link = draw('[docs](https://example.org/a?b=1)').querySelector('a');
  expect(link?.href).toBe('https://example.org/a?b=1');
  expect(link?.target).toBe('_blank');
  expect(link?.rel).toBe('noopener noreferrer nofollow');
});

test('Names a remote picture instead of fetching it, and shows one that came along', () => {
  const page = draw('![A kiln](https://tracker.example/k.png)\n\n![dot](data:image/png;base64,iVBORw0KGgo=)\n\n![evil](data:image/svg+xml;base64,PHN2Zz4=)');
  expect([...page.querySelectorAll('img')].map((image) => image.getAttribute('src'))).toEqual(['data:image/png;base64,iVBORw0KGgo=']);
  expect(page.querySelector<HTMLAnchorElement>('a[href="https://tracker.example/k.png"]')?.textContent).toContain('A kiln');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#x73;cript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox)',
  '[x](/api/logout)',
  '[x](//evil.example)',
  '![x](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '| <img src=x onerror=alert(1)> |\n|---|\n| <style>*{display:none}</style> |',
  '```html onload=alert(1)\n<script>alert(1)</script>\n```',
  '```"><script>alert(1)</script>\nx\n```',
  '$\\href{javascript:alert(1)}{x}$',
  '- <details open ontoggle=alert(1)>',
])('Lets nothing written become markup: %s', (text) => {
  const page = draw(text);
  expect(page.querySelector('script, iframe, svg[onload], style, img, details, object, embed, form')).toBeNull();
  for (const element of page.querySelectorAll('*')) {
    expect([...element.attributes].filter(({ name }) => name.startsWith('on'))).toEqual([]);
  }
  for (const link of page.querySelectorAll('a')) expect(link.href).toMatch(/^(https?|mailto):/);
});

test('Ends with the caret while it streams, at the last words', () => {
  const caret = '[class*=caret]';
  expect(draw('One.\n\nTwo', true).querySelector(`p:last-child > ${caret}`)).not.toBeNull();
  expect(draw('- a\n- b', true).querySelector(`li:last-child ${caret}`)).not.toBeNull();
  expect(draw('```js\nlet a', true).querySelector(`pre ${caret}`)).not.toBeNull();
  expect(draw('One.').querySelector(caret)).toBeNull();
});

test('Closes marks that are still open while it streams', () => {
  expect(draw('so **very bo', true).querySelector('strong')?.textContent).toContain('very bo');
  expect(draw('run `npm i', true).querySelector('p > code')?.textContent).toBe('npm i');
  expect(draw('so **very bo').querySelector('strong')).toBeNull();
});

test('Keeps the elements of finished blocks while the last one grows', () => {
  const { container, rerender } = render(<Markdown text={'First.\n\nSec'} streaming />, { wrapper: MantineProvider });
  const first = container.querySelector('p');
  rerender(<Markdown text={'First.\n\nSecond.\n\nThi'} streaming />);
  expect(container.querySelector('p')).toBe(first);
  expect([...container.querySelectorAll('p')].map((paragraph) => paragraph.textContent)).toEqual(['First.', 'Second.', 'Thi']);
});

test('Uses link definitions that stand elsewhere in the text', () => {
  expect(draw('See [the docs][d].\n\nMore.\n\n[d]: https://example.org/docs\n').querySelector('a')?.href).toBe('https://example.org/docs');
});
