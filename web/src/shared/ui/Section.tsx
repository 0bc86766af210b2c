import { useId, type ReactNode } from 'react';
import classes from './Section.module.css';

interface SectionProps {
  title: string;
  /** One quiet sentence beside the title. */
  text?: string;
  /** A button at the right end. */
  action?: ReactNode;
  children: ReactNode;
}

/** A titled part of a settings page. */
export function Section({ title, text, action, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <span className="at-meta">{text}</span>}
        {action !== undefined && <span className={classes.action}>{action}</span>}
      </div>
      {children}
    </section>
  );
}
