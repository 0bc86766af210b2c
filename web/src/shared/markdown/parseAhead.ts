import { definitionsIn, parseRemembered } from './parseMarkdown';
import { splitBlocks } from './splitBlocks';

/** What must be left of an idle moment, in ms, to read one more text in it. */
const enough = 8;

/**
 * Reads texts while the browser has nothing else to do, the last first, so that a row that comes into view is drawn
 * without being read. Returns how to stop.
 */
export function parseAhead(texts: readonly string[]): () => void {
  if (!('requestIdleCallback' in window)) return () => undefined;
  const left = [...texts];
  let handle = requestIdleCallback(read);
  function read(moment: IdleDeadline) {
    while (left.length > 0 && moment.timeRemaining() > enough) parse(left.pop() ?? '');
    if (left.length > 0) handle = requestIdleCallback(read);
  }
  return () => cancelIdleCallback(handle);
}

function parse(text: string): void {
  const sources = splitBlocks(text).flatMap((block) => (block.kind === 'markdown' ? block.source : []));
  if (definitionsIn(sources) !== '') return;
  for (const source of sources) parseRemembered(source, '');
}
