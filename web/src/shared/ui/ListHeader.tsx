import type { ReactNode } from 'react';
import { useWidth } from '@/shared/shell/useWidth';
import classes from './List.module.css';

/** The top of a list pane: its name and what can be made here. */
export function ListHeader({ title, actions }: { title: string; actions?: ReactNode }) {
  const Heading = useWidth() === 'phone' ? 'h1' : 'h2';
  return (
    <header className={classes.header}>
      <Heading>{title}</Heading>
      {actions}
    </header>
  );
}
