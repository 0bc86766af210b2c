import type { ReactNode } from 'react';
import { useFocusOnOpen } from '@/shared/shell/useFocusOnOpen';
import classes from './FullPage.module.css';
import { Mark } from './Mark';

/** One thing to say on an otherwise empty page. */
export function FullPage({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const heading = useFocusOnOpen<HTMLHeadingElement>(title);
  return (
    <main className={classes.page}>
      <Mark size={48} />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {text !== undefined && <p>{text}</p>}
      {children !== undefined && <div className={classes.actions}>{children}</div>}
    </main>
  );
}
