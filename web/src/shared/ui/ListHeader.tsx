import type { ReactNode } from 'react';
import classes from './List.module.css';

/** The top of a list pane: its name and what can be made here. */
export function ListHeader({ title, actions }: { title: string; actions?: ReactNode }) {
  return (
    <header className={classes.header}>
      <h2>{title}</h2>
      {actions}
    </header>
  );
}
