/** Where each row of a list stands, from measured or estimated heights, in CSS pixels. */
export interface RowLayout {
  ids: readonly string[];
  /** Top edge of each row; one more entry than rows, the last being the total height. */
  tops: Float64Array;
}

/** The row at the top edge of the view and how far its own top is above (negative) or below that edge. */
export interface Anchor {
  id: string;
  offset: number;
}

export function layoutRows(ids: readonly string[], heightOf: (id: string, index: number) => number): RowLayout {
  const tops = new Float64Array(ids.length + 1);
  ids.forEach((id, index) => {
    tops[index + 1] = (tops[index] ?? 0) + heightOf(id, index);
  });
  return { ids, tops };
}

/** Index of the row that covers a position, clamped to the list; -1 when it is empty. */
export function rowAt({ ids, tops }: RowLayout, position: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return high;
}

/** First and one past the last row to draw, with `overscan` pixels more on both sides. */
export function visibleRows(layout: RowLayout, scrollTop: number, viewHeight: number, overscan: number): [number, number] {
  if (layout.ids.length === 0) return [0, 0];
  return [rowAt(layout, Math.max(0, scrollTop - overscan)), rowAt(layout, scrollTop + viewHeight + overscan) + 1];
}

export function anchorAt(layout: RowLayout, scrollTop: number): Anchor | undefined {
  const index = rowAt(layout, scrollTop);
  const id = layout.ids[index];
  return id === undefined ? undefined : { id, offset: (layout.tops[index] ?? 0) - scrollTop };
}

/** The scroll position at which the anchor stands where it stood; undefined when its row is gone. */
export function scrollTopFor(layout: RowLayout, anchor: Anchor): number | undefined {
  const index = layout.ids.indexOf(anchor.id);
  return index < 0 ? undefined : Math.max(0, (layout.tops[index] ?? 0) - anchor.offset);
}

/** A reader within this distance of the end follows it; one further up is left alone. */
export const followDistance = 80;

export function isAtEnd(scrollTop: number, viewHeight: number, contentHeight: number): boolean {
  return contentHeight - viewHeight - scrollTop <= followDistance;
}
