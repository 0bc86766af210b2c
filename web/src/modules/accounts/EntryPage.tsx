import type { ReactNode } from 'react';
import { useHouse } from '@/shared/session/queries';
import { useFocusOnOpen } from '@/shared/shell/useFocusOnOpen';
import { Mark } from '@/shared/ui/Mark';
import classes from './EntryPage.module.css';
import { EntryFooter } from './EntryFooter';
import { HousePlan } from './HousePlan';
import { InsecureOrigin } from './InsecureOrigin';

interface EntryPageProps {
  title: string;
  text?: string | undefined;
  /** The title is a greeting: on phones the name of the house leads. */
  greeting?: boolean;
  children: ReactNode;
}

/** A page in front of the door: the form, and on wide screens the plan of the house. */
export function EntryPage({ title, text, greeting = false, children }: EntryPageProps) {
  const house = useHouse();
  const heading = useFocusOnOpen<HTMLHeadingElement>(title);
  return (
    <div className={classes.split}>
      <main className={classes.side}>
        <div className={classes.form} data-greeting={greeting}>
          <div className={classes.house}>
            <Mark size={36} />
            <span className="at-carved">{house.name}</span>
          </div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {text !== undefined && <p className={classes.text}>{text}</p>}
          {house.insecureOrigin && <InsecureOrigin />}
          {children}
        </div>
        <EntryFooter />
      </main>
      <aside className={classes.art}>
        <HousePlan />
      </aside>
    </div>
  );
}
