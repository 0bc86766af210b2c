import classes from './ProviderTile.module.css';

/** Two letters of a provider's name, in place of a logo that belongs to somebody else. */
export function ProviderTile({ name }: { name: string }) {
  return (
    <span className={classes.tile} aria-hidden="true">
      {name.slice(0, 2)}
    </span>
  );
}
