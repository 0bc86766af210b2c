import { useAfter } from '@/shared/ui/useAfter';
import classes from './Conversations.module.css';

const widths = [78, 64, 86, 52, 70, 81, 60, 74];

export function ListSkeleton() {
  const slow = useAfter(150);
  if (!slow) return null;
  return (
    <div aria-hidden="true" className={classes.skeleton}>
      {widths.map((width, index) => (
        <span key={index} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
