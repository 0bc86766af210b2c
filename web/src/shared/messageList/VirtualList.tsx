import { Fragment, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode, type Ref } from 'react';
import { RowView } from './rowView';
import classes from './VirtualList.module.css';

export interface VirtualListHandle {
  scrollToEnd: () => void;
  /** Brings a row to `offset` pixels below the top edge; it stays there until the reader moves. */
  scrollToRow: (id: string, offset?: number) => void;
}

export interface VirtualListView {
  /** The reader is away from the end. */
  away: boolean;
  /** Something was added at the end since then. */
  newBelow: boolean;
}

interface VirtualListProps<T extends { id: string }> {
  items: readonly T[];
  /** Height in pixels of a row that was never drawn. */
  estimate: (item: T) => number;
  children: (item: T, index: number) => ReactNode;
  /** Opens at the end and follows it. */
  sticksToEnd?: boolean;
  /** Called when the first rows come near. */
  onStart?: (() => void) | undefined;
  onViewChange?: (view: VirtualListView) => void;
  /** Below the last row, scrolling with it. */
  after?: ReactNode;
  role?: string;
  label?: string;
  busy?: boolean;
  className?: string | undefined;
  ref?: Ref<VirtualListHandle>;
}

/** A long list of which only the rows in view exist. See RowView for what it promises the reader. */
export function VirtualList<T extends { id: string }>(props: VirtualListProps<T>) {
  const { items, estimate, children, sticksToEnd = false, onStart, onViewChange, ref } = props;
  const [view] = useState(() => new RowView(sticksToEnd));
  const state = useSyncExternalStore(view.subscribe, view.getState);
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const after = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(items.map((item, index) => [item.id, { item, index }])), [items]);
  const ids = useStableIds(items);

  useLayoutEffect(() => (scroller.current && body.current && after.current ? view.attach(scroller.current, body.current, after.current) : undefined), [view]);
  useLayoutEffect(() => {
    const estimated = (id: string) => {
      const found = byId.get(id);
      return found ? estimate(found.item) : 0;
    };
    view.setRows(ids, estimated, items.at(-1));
  }, [view, ids, byId, items, estimate]);
  useLayoutEffect(() => view.settle(), [view, state.drawn]);

  useEffect(() => {
    if (state.nearStart) onStart?.();
  }, [state.nearStart, onStart, items]);
  useEffect(() => onViewChange?.({ away: state.away, newBelow: state.newBelow }), [onViewChange, state.away, state.newBelow]);

  useImperativeHandle(ref, () => ({ scrollToEnd: () => view.scrollToEnd(), scrollToRow: (id, offset = 24) => view.scrollToRow(id, offset) }), [view]);

  const row = useCallback((element: HTMLDivElement | null) => (element?.dataset['row'] === undefined ? undefined : view.addRow(element.dataset['row'], element)), [view]);

  return (
    <div ref={scroller} className={[classes.scroller, props.className].join(' ')}>
      <div ref={body} className={classes.body} role={props.role} aria-label={props.label} aria-busy={props.busy}>
        <div className={classes.rows}>
          {state.drawn.map((id) => {
            const found = byId.get(id);
            return found ? (
              <div key={id} ref={row} data-row={id} role="presentation">
                {children(found.item, found.index)}
              </div>
            ) : (
              <Fragment key={id} />
            );
          })}
        </div>
      </div>
      <div ref={after}>{props.after}</div>
    </div>
  );
}

// The rows change with every streamed word, their order hardly ever.
function useStableIds(items: readonly { id: string }[]): readonly string[] {
  const [ids, setIds] = useState<readonly string[]>([]);
  if (ids.length === items.length && items.every((item, index) => item.id === ids[index])) return ids;
  const changed = items.map((item) => item.id);
  setIds(changed);
  return changed;
}
