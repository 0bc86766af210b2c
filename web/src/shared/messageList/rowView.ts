import { anchorAt, isAtEnd, layoutRows, scrollTopFor, visibleRows, type Anchor, type RowLayout } from './rowLayout';

const overscan = 900;
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
  #anchor: Anchor | undefined;
  #following: boolean;
  #scrollTop = 0;
  #last: unknown;
  #newBelow = false;
  #width = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sticksToEnd: boolean) {
    this.#following = sticksToEnd;
    this.#resizes = new ResizeObserver((entries) => {
      for (const entry of entries) {
        const id = entry.target instanceof HTMLElement ? entry.target.dataset['row'] : undefined;
        if (id !== undefined && this.#elements.get(id) === entry.target) this.#heights.set(id, entry.borderBoxSize[0]?.blockSize ?? 0);
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
    if (scroller.clientWidth !== this.#width) {
      // Text breaks elsewhere now: what is not drawn must be measured again when it is.
      this.#width = scroller.clientWidth;
      for (const id of this.#heights.keys()) if (!this.#elements.has(id)) this.#heights.delete(id);
    }
    for (const [id, element] of this.#elements) if (!this.#heights.has(id)) this.#heights.set(id, element.offsetHeight);
    this.#layout = layoutRows(this.#layout.ids, (id) => this.#heights.get(id) ?? this.#estimate(id));
    const total = this.#layout.tops.at(-1) ?? 0;
    body.style.height = `${total}px`;
    if (this.#following && this.sticksToEnd) this.#scrollTo(scroller.scrollHeight - scroller.clientHeight);
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

  #scrollTo(top: number) {
    if (!this.#scroller) return;
    const wanted = Math.max(0, Math.round(top));
    if (Math.abs(this.#scroller.scrollTop - wanted) >= 1) this.#scroller.scrollTop = wanted;
    this.#scrollTop = this.#scroller.scrollTop;
  }

  readonly #scrolled = () => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const top = scroller.scrollTop;
    if (Math.abs(top - this.#scrollTop) >= 1) {
      const atEnd = isAtEnd(top, scroller.clientHeight, scroller.scrollHeight);
      this.#following = top > this.#scrollTop && atEnd;
      this.#scrollTop = top;
      this.#anchor = anchorAt(this.#layout, top);
      clearTimeout(this.#resting);
      if (!this.#following && atEnd) this.#resting = setTimeout(this.#followAgain, rest);
    }
    this.#update();
  };

  readonly #followAgain = () => {
    if (!this.#scroller || !isAtEnd(this.#scroller.scrollTop, this.#scroller.clientHeight, this.#scroller.scrollHeight)) return;
    this.#following = true;
    this.#update();
  };

  #update() {
    const scroller = this.#scroller;
    if (!scroller) return;
    const [first, end] = visibleRows(this.#layout, this.#scrollTop, scroller.clientHeight, overscan);
    const rows = this.#body?.firstElementChild;
    if (rows instanceof HTMLElement) rows.style.transform = `translateY(${this.#layout.tops[first] ?? 0}px)`;
    const away = !isAtEnd(this.#scrollTop, scroller.clientHeight, scroller.scrollHeight);
    const drawn = this.#layout.ids.slice(first, end);
    this.#publish({
      drawn: sameIds(drawn, this.#state.drawn) ? this.#state.drawn : drawn,
      nearStart: this.#layout.ids.length > 0 && this.#scrollTop < 2 * scroller.clientHeight,
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
