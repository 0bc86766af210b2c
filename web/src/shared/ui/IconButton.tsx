import type { ReactNode } from 'react';
import classes from './IconButton.module.css';

interface IconButtonProps {
  label: string;
  onClick: () => void;
  /** Of the target, in pixels; phones need 44. */
  size?: number;
  /** Where several stand in one: half as wide. */
  narrow?: boolean;
  children: ReactNode;
}

/** A quiet button that shows only an icon: plain, since a list of messages draws hundreds of them. */
export function IconButton({ label, onClick, size = 28, narrow = false, children }: IconButtonProps) {
  return (
    <button type="button" className={classes.button} style={{ width: narrow ? 24 : size, height: size }} aria-label={label} onClick={onClick}>
      {children}
    </button>
  );
}
