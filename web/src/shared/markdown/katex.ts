import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Draws a formula into an element as nodes, never as a string of HTML; false when it is no readable TeX. */
export function drawFormula(source: string, into: HTMLElement, displayMode: boolean): boolean {
  try {
    katex.render(source, into, { displayMode, throwOnError: true, strict: 'ignore', trust: false, maxSize: 20, maxExpand: 300 });
    return true;
  } catch {
    into.replaceChildren();
    return false;
  }
}
