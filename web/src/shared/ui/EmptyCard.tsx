import type { ReactNode } from 'react';
import classes from './EmptyCard.module.css';

/** In the place of a list that has nothing: why, and what would be here. */
export function EmptyCard({ children }: { children: ReactNode }) {
  return <p className={`at-card ${classes.empty}`}>{children}</p>;
}
