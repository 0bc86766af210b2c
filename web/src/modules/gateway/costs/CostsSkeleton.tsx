import { Skeleton } from '@mantine/core';
import classes from './Costs.module.css';

/** The page's shape until its figures are here. */
export function CostsSkeleton() {
  return (
    <>
      <div className={classes.cards}>
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} height={106} radius="lg" />
        ))}
      </div>
      <div className={classes.columns}>
        <Skeleton height={362} radius="lg" />
        <Skeleton height={362} radius="lg" />
      </div>
      <div className={classes.columns}>
        <Skeleton height={284} radius="lg" />
        <Skeleton height={284} radius="lg" />
      </div>
    </>
  );
}
