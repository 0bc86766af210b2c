import classes from './Meter.module.css';

interface MeterProps {
  /** From 0 to 1. */
  share: number;
  /** `near` shortly before a limit, `over` at it. The words beside it say the same. */
  tone?: 'calm' | 'near' | 'over' | undefined;
  /** Where a mark stands, from 0 to 1: what is expected in the end. */
  mark?: number | undefined;
  large?: boolean;
}

/** How full something is. The figures stand beside it as text, so it is silent. */
export function Meter({ share, tone = 'calm', mark, large = false }: MeterProps) {
  return (
    <span className={classes.meter} data-tone={tone} data-large={large} aria-hidden="true">
      <i style={{ width: `${share * 100}%` }} />
      {mark !== undefined && <b style={{ left: `calc(${Math.min(1, mark) * 100}% - 2px)` }} />}
    </span>
  );
}
