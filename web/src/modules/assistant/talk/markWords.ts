import { folded } from './findMatches';

const name = 'found';

/** Marks the places in an element that say what is searched for, without touching its nodes; undefined marks nothing. */
export function markWords(element: Element | null, query: string): void {
  if (!('highlights' in CSS)) return;
  const wanted = folded(query.trim());
  const ranges: Range[] = [];
  if (element && wanted !== '') {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) ranges.push(...rangesIn(node, wanted));
  }
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}

function* rangesIn(node: Node, wanted: string): Generator<Range> {
  const text = node.nodeValue ?? '';
  // Folding can change the length of a text; then only whole texts are marked.
  const plain = folded(text);
  if (plain.length !== text.length) {
    if (plain.includes(wanted)) yield rangeOf(node, 0, text.length);
    return;
  }
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) yield rangeOf(node, at, at + wanted.length);
}

function rangeOf(node: Node, start: number, end: number): Range {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range;
}
