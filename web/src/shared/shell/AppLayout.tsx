import { lazy, Suspense, useEffect, useEffectEvent, useState, type ComponentProps, type ReactNode } from 'react';
import classes from './AppLayout.module.css';
import { setListOpen, useShell } from './shellStore';
import { StatusLine } from './StatusLine';
import { useWidth } from './useWidth';

interface AppLayoutProps {
  /** The list pane, 284 px; a drawer on tablets, a screen of its own on phones. Absent where a page has none. */
  list?: ReactNode;
  /** What the list holds, for screen readers: "Conversations". */
  listLabel?: string;
  /** Which of list and main a phone shows. */
  phone: 'list' | 'main';
  /** The pane right of main, 332 px; a drawer below 1280 px. Absent when closed. */
  context?: ReactNode;
  contextLabel?: string;
  onContextClose?: () => void;
  /** What Ctrl . does, where the app has a context pane. */
  onContextToggle?: () => void;
  children: ReactNode;
}

/** One app inside the house: its list in the shade, its sheet in the light. */
export function AppLayout(props: AppLayoutProps) {
  const width = useWidth();
  const toggle = useEffectEvent(() => props.onContextToggle?.());

  useEffect(() => {
    useShell.setState({ toggleContext: () => toggle() });
    return () => useShell.setState({ toggleContext: null, listOpen: false });
  }, []);

  if (width === 'phone') return <PhoneLayout {...props} />;
  const beside = width !== 'tablet';
  const hasList = props.list !== undefined;
  return (
    <div className={classes.app} data-list={beside && hasList}>
      {hasList && (beside ? <ListPane {...props} /> : <ListDrawer {...props} />)}
      <div className={classes.sheet} data-context={beside && props.context !== undefined}>
        <WorkingLine />
        <main className={classes.main} id="main" tabIndex={-1}>
          {props.children}
        </main>
        {beside ? <ContextPane {...props} /> : <ContextDrawer {...props} size={332} />}
      </div>
    </div>
  );
}

function PhoneLayout(props: AppLayoutProps) {
  return (
    <div className={classes.phone}>
      <WorkingLine />
      <main className={props.phone === 'list' ? classes.list : classes.main} id={props.phone} tabIndex={-1}>
        {props.phone === 'list' ? props.list : props.children}
      </main>
      <ContextDrawer {...props} size="100%" />
    </div>
  );
}

function ListPane({ list, listLabel }: AppLayoutProps) {
  return (
    <aside className={classes.list} aria-label={listLabel} id="list" tabIndex={-1}>
      {list}
      <StatusLine />
    </aside>
  );
}

function ListDrawer({ list, listLabel }: AppLayoutProps) {
  const open = useShell((shell) => shell.listOpen);
  return (
    <LazyDrawer opened={open} onClose={() => setListOpen(false)} size={300} position="left" title={listLabel}>
      <div className={classes.list}>{list}</div>
    </LazyDrawer>
  );
}

function ContextPane({ context, contextLabel }: AppLayoutProps) {
  if (context === undefined) return null;
  return (
    <aside className={classes.context} aria-label={contextLabel} id="context" tabIndex={-1}>
      {context}
    </aside>
  );
}

function ContextDrawer({ context, contextLabel, onContextClose, size }: AppLayoutProps & { size: number | string }) {
  return (
    <LazyDrawer opened={context !== undefined} onClose={() => onContextClose?.()} size={size} position="right" title={contextLabel}>
      <div className={classes.context}>{context}</div>
    </LazyDrawer>
  );
}

const PaneDrawer = lazy(async () => ({ default: (await import('./PaneDrawer')).PaneDrawer }));

/** Comes when it is first opened: most visits, and all on wide windows, never open one. */
function LazyDrawer(props: ComponentProps<typeof PaneDrawer>) {
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense>
      <PaneDrawer {...props} />
    </Suspense>
  );
}

function WorkingLine() {
  const working = useShell((shell) => shell.working > 0);
  return working ? <div className={classes.working} data-testid="working-line" /> : null;
}
