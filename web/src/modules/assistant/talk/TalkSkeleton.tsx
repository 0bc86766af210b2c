import { useT } from '@/shared/i18n/language';
import { useAfter } from '@/shared/ui/useAfter';
import classes from './Talk.module.css';

/** The shape of a talk while it is fetched: shown after 150 ms, named after a second. */
export function TalkSkeleton({ title, count }: { title: string | undefined; count: number | undefined }) {
  const t = useT();
  const shaped = useAfter(150);
  const named = useAfter(1000);
  return (
    <div className={classes.skeleton} aria-busy="true">
      {shaped && (
        <div aria-hidden="true">
          <span className={classes.skeletonBubble} />
          {[92, 78, 86, 40].map((width) => (
            <span key={width} style={{ width: `${width}%` }} />
          ))}
          <span className={classes.skeletonBubble} />
          {[88, 94, 63].map((width) => (
            <span key={width} style={{ width: `${width}%` }} />
          ))}
        </div>
      )}
      {named && (
        <p className="at-meta" role="status">
          {title === undefined || count === undefined ? t('assistant.opening.plain') : t('assistant.opening.named', { title, count })}
        </p>
      )}
    </div>
  );
}
