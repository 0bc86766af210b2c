import type { ReactNode } from 'react';
import classes from './SettingRow.module.css';

interface SettingRowProps {
  title: ReactNode;
  text?: ReactNode;
  /** A tile at the left. */
  icon?: ReactNode;
  /** The control at the right. */
  children?: ReactNode;
}

/** One line of a card in Settings: what it is, in a few words, and the control. */
export function SettingRow({ title, text, icon, children }: SettingRowProps) {
  return (
    <div className={classes.row}>
      {icon !== undefined && <span className={classes.tile}>{icon}</span>}
      <div className={classes.text}>
        <b>{title}</b>
        {text !== undefined && <div className="at-meta">{text}</div>}
      </div>
      <div className={classes.control}>{children}</div>
    </div>
  );
}
