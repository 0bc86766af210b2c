import { anchorAt, isAtEnd, layoutRows, scrollTopFor, visibleRows, type Anchor, type RowLayout } from './rowLayout';

const overscan = 700;
/** A reader who scrolls up leaves the end at once; resting near it for this long, in ms, follows it again. */
const rest = 200;

export interface RowViewState {
  /** Ids of the rows to draw. */
  drawn: readonly string[];
  /** Whether the first row is near the top edge, so that older ones should be fetched. */
  nearStart: boolean;
  /** Whether the reader is away from the end. */
  away: boolean;
  /** Whether something was added below since then. */
  newBelow: boolean;
}

/**
 * Draws only the rows in view and keeps the one being read where it is, whatever grows, shrinks or appears around it.
 * It works on the elements directly: a correction that waits for the next frame is a jump.
 */
export class RowView {
  #state: RowViewState = { drawn: [], nearStart: false, away: false, newBelow: false };
  readonly #listeners = new Set<() => void>();
  readonly #heights = new Map<string, number>();
  readonly #elements = new Map<string, HTMLElement>();
  readonly #resizes: ResizeObserver;
  #layout: RowLayout = { ids: [], tops: new Float64Array(1) };
  #estimate: (id: string) => number = () => 0;
  #scroller: HTMLElement | undefined;
  #body: HTMLElement | undefined;
  #after: HTMLElement | undefined;
  #anchor: Anchor | undefined;
  #following: boolean;
  #scrollTop = 0;
  #viewHeight = 0;
  #afterHeight = 0;
  #bodyHeight = -1;
  #last: unknown;
  #newBelow = false;
  #width = 0;
  #padding = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sticksToEnd: boolean) {
    this.#following = sticksToEnd;
    this.#resizes = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) {
        const height = borderBoxSize[0]?.blockSize ?? 0;
        const id = target instanceof HTMLElement ? target.dataset['row'] : undefined;
        if (target === this.#after) this.#afterHeight = height;
        else if (target === this.#scroller) this.#noteSize(target);
        else if (id !== undefined && this.#elements.get(id) === target) this.#heights.set(id, height);
      }
      this.settle();
    });
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly getState = () => this.#state;

  /**
   * Takes the scrolling element and in it two: the one that is as tall as all rows and holds the drawn ones in its only
   * child, and the one with what comes after them.
   */
  attach(scroller: HTMLElement, body: HTMLElement, after: HTMLElement): () => void {
    this.#scroller = scroller;
    this.#body = body;
    this.#after = after;
    this.#afterHeight = after.offsetHeight;
    this.#noteSize(scroller);
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#resizes.observe(scroller);
    this.#resizes.observe(after);
    this.settle();
    return () => {
      scroller.removeEventListener('scroll', this.#scrolled);
      clearTimeout(this.#resting);
      this.#resizes.disconnect();
      this.#scroller = undefined;
      this.#body = undefined;
      this.#after = undefined;
    };
  }

  /** Takes the rows; `last` is what the last one shows, so that new words in it are noticed. */
  setRows(ids: readonly string[], estimate: (id: string) => number, last: unknown) {
    if (this.#last !== undefined && last !== this.#last && !this.#following) this.#newBelow = true;
    this.#last = last;
    this.#estimate = estimate;
    this.#layout = layoutRows(ids, (id) => this.#heights.get(id) ?? estimate(id));
    this.settle();
  }

  addRow(id: string, element: HTMLElement): () => void {
    this.#elements.set(id, element);
    this.#resizes.observe(element);
    return () => {
      this.#resizes.unobserve(element);
      if (this.#elements.get(id) === element) this.#elements.delete(id);
    };
  }

  /** Measures what was drawn and puts the reader back where they were: at their row, or at the end. */
  settle() {
    const scroller = this.#scroller;
    const body = this.#body;
    if (!scroller || !body) return;
    for (const [id, element] of this.#elements) if (!this.#heights.has(id)) this.#heights.set(id, element.offsetHeight);
    this.#layout = layoutRows(this.#layout.ids, (id) => this.#heights.get(id) ?? this.#estimate(id));
    const total = this.#layout.tops.at(-1) ?? 0;
    if (total !== this.#bodyHeight) body.style.height = `${total}px`;
    this.#bodyHeight = total;
    if (this.#following && this.sticksToEnd) this.#scrollTo(this.#contentHeight - this.#viewHeight);
    else if (this.#anchor) this.#scrollTo(scrollTopFor(this.#layout, this.#anchor) ?? this.#scrollTop);
    if (this.#following) this.#newBelow = false;
    this.#update();
  }

  scrollToEnd() {
    this.#following = true;
    this.settle();
  }

  scrollToRow(id: string, offset: number) {
    this.#following = false;
    this.#anchor = { id, offset };
    this.settle();
  }

  // Sizes are remembered, since reading one from the page after writing to it makes the browser lay everything out.
  get #contentHeight() {
    return this.#bodyHeight + this.#afterHeight + this.#padding;
  }

  #noteSize(scroller: Element) {
    this.#viewHeight = scroller.clientHeight;
    this.#padding = Number.parseFloat(getComputedStyle(scroller).paddingTop) || 0;
    if (scroller.clientWidth === this.#width) return;
    // Text breaks elsewhere now: what is not drawn must be measured again when it is.
    this.#width = scroller.clientWidth;
    for (const id of this.#heights.keys()) if (!this.#elements.has(id)) this.#heights.delete(id);
  }

  #scrollTo(top: number) {
    const wanted = Math.max(0, Math.round(top));
    if (!this.#scroller || Math.abs(this.#scrollTop - wanted) < 1) return;
    this.#scroller.scrollTop = wanted;
    this.#scrollTop = this.#scroller.scrollTop;
  }

  readonly #scrolled = () => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const top = scroller.scrollTop;
    if (Math.abs(top - this.#scrollTop) >= 1) {
      const atEnd = isAtEnd(top, this.#viewHeight, this.#contentHeight);
      this.#following = top > this.#scrollTop && atEnd;
      this.#scrollTop = top;
      this.#anchor = anchorAt(this.#layout, top);
      clearTimeout(this.#resting);
      if (!this.#following && atEnd) this.#resting = setTimeout(this.#followAgain, rest);
    }
    this.#update();
  };

  readonly #followAgain = () => {
    if (!isAtEnd(this.#scrollTop, this.#viewHeight, this.#contentHeight)) return;
    this.#following = true;
    this.#update();
  };

  #update() {
    const [first, end] = visibleRows(this.#layout, this.#scrollTop, this.#viewHeight, overscan);
    const rows = this.#body?.firstElementChild;
    if (rows instanceof HTMLElement) rows.style.transform = `translateY(${this.#layout.tops[first] ?? 0}px)`;
    const away = !isAtEnd(this.#scrollTop, this.#viewHeight, this.#contentHeight);
    const drawn = this.#layout.ids.slice(first, end);
    this.#publish({
      drawn: sameIds(drawn, this.#state.drawn) ? this.#state.drawn : drawn,
      nearStart: this.#layout.ids.length > 0 && this.#scrollTop < 2 * this.#viewHeight,
      away,
      newBelow: away && this.#newBelow,
    });
  }

  #publish(next: RowViewState) {
    const { drawn, nearStart, away, newBelow } = this.#state;
    if (drawn === next.drawn && nearStart === next.nearStart && away === next.away && newBelow === next.newBelow) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}

const sameIds = (one: readonly string[], other: readonly string[]) => one.length === other.length && one.every((id, index) => id === other[index]);
