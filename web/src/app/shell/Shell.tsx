import { Outlet } from '@tanstack/react-router';
import { useWidth } from '@/shared/shell/useWidth';
import { PhoneTabs } from './PhoneTabs';
import { Rail } from './Rail';
import classes from './Shell.module.css';

export function Shell() {
  const phone = useWidth() === 'phone';
  return (
    <div className={classes.house}>
      <div className={classes.shell}>
        {!phone && <Rail />}
        <Outlet />
      </div>
      {phone && <PhoneTabs />}
    </div>
  );
}
