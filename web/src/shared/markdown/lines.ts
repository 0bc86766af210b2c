// What a single line of Markdown can begin or end (CommonMark 0.31, sections 4 and 5).

export interface Fence {
  mark: string;
  indent: number;
  info: string;
}

export interface ListMarker {
  /** The bullet itself, or what follows the number: lists with different ones are different lists. */
  bullet: string;
  start: number | undefined;
  /** Columns that a line must be indented to belong to the item. */
  contentIndent: number;
  content: string;
}

export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns++;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

export function withoutIndent(line: string, columns: number): string {
  let index = 0;
  while (index < columns && line[index] === ' ') index++;
  return line.slice(index);
}

export function openFence(line: string): Fence | undefined {
  const [, indent = '', mark, info = ''] = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line) ?? [];
  return mark === undefined ? undefined : { mark, indent: indent.length, info: info.trim() };
}

export function closesFence(fence: Fence, line: string): boolean {
  const [, mark = ''] = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line) ?? [];
  return mark.length >= fence.mark.length && mark[0] === fence.mark[0];
}

export const isHeading = (line: string) => /^ {0,3}#{1,6}(?:\s|$)/.test(line);

export const isRule = (line: string) => /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(line);

export function listMarkerOf(line: string): ListMarker | undefined {
  const [, indent, mark, space = '', content = ''] = /^( {0,3})([-+*]|\d{1,9}[.)])(?:([ \t]+)(.*))?$/.exec(line) ?? [];
  if (indent === undefined || mark === undefined) return undefined;
  if (space === '' && line.length > indent.length + mark.length) return undefined;
  // More than four spaces after the marker begin indented code, which stands one column after the marker.
  const padding = content === '' || space.length > 4 ? 1 : space.length;
  const bullet = mark.at(-1) ?? mark;
  return { bullet, start: mark.length > 1 ? Number.parseInt(mark, 10) : undefined, contentIndent: indent.length + mark.length + padding, content };
}
