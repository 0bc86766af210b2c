import { CheckCircleIcon } from '@phosphor-icons/react/dist/csr/CheckCircle';
import { InfoIcon } from '@phosphor-icons/react/dist/csr/Info';
import { LightningIcon } from '@phosphor-icons/react/dist/csr/Lightning';
import { WarningCircleIcon } from '@phosphor-icons/react/dist/csr/WarningCircle';
import type { Icon } from '@phosphor-icons/react';
import type { ReactNode } from 'react';
import classes from './Note.module.css';

type Kind = 'plain' | 'live' | 'bad' | 'ok' | 'act';

const icons: Readonly<Record<Kind, Icon>> = {
  plain: InfoIcon,
  live: LightningIcon,
  bad: WarningCircleIcon,
  ok: CheckCircleIcon,
  act: InfoIcon,
};

interface NoteProps {
  kind?: Kind;
  icon?: Icon;
  title?: string;
  children?: ReactNode;
  /** Buttons below the text. */
  actions?: ReactNode;
  /** `alert` speaks at once, `status` when the reader pauses; none for what was there from the start. */
  role?: 'alert' | 'status';
}

/** A tinted box that says what happened, what is safe and what to do next. */
export function Note({ kind = 'plain', icon, title, children, actions, role }: NoteProps) {
  const Shown = icon ?? icons[kind];
  return (
    <div className={classes.note} data-kind={kind} role={role}>
      <Shown size={17} weight="fill" className={classes.icon} aria-hidden />
      <div className={classes.text}>
        {title !== undefined && <b>{title} </b>}
        {children}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
