import { useId, type ReactNode } from 'react';
import classes from './Costs.module.css';

interface PanelProps {
  title: string;
  /** An address leads to it: "#limits". */
  id?: string;
  /** At the right end of its heading. */
  action?: ReactNode;
  children: ReactNode;
}

/** One part of the costs page, in a card with its heading. */
export function Panel({ title, id, action, children }: PanelProps) {
  const heading = useId();
  return (
    <section id={id} className={`at-card ${classes.panel}`} aria-labelledby={heading}>
      <div className={classes.panelHead}>
        <h2 id={heading}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
