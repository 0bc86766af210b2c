/**
 * A block that is still arriving, with the marks closed that it has opened, so that "**bold" is drawn bold at once
 * and nothing jumps when its end arrives.
 */
export function closeMarks(source: string): string {
  const paragraph = source.slice(source.lastIndexOf('\n\n') + 1);
  const ticks = paragraph.match(/`+/g) ?? [];
  if (ticks.length % 2 === 1) {
    const open = ticks.at(-1) ?? '';
    // The backtick run may itself be unfinished.
    return paragraph.endsWith(open) ? source.slice(0, -open.length) : source + open;
  }
  const plain = paragraph.replaceAll(/`[^`]*`/g, '');
  const half = /\]\([^)\s]*$/.exec(plain);
  if (half) return `${source})`;
  if ((plain.match(/\*\*/g)?.length ?? 0) % 2 === 1) {
    if (/\*\*$/.test(source)) return source.slice(0, -2);
    return `${source.trimEnd().replace(/\*$/, '')}**`;
  }
  return source;
}
