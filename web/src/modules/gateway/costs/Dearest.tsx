import { Link } from '@tanstack/react-router';
import type { ThingCost } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { useMoney } from '@/shared/money/useMoney';
import classes from './Costs.module.css';
import { moduleName, thingAddress } from './names';
import { Panel } from './Panel';

const most = 5;

/** The conversations and documents that cost most. */
export function Dearest({ things }: { things: readonly ThingCost[] }) {
  const t = useT();
  const money = useMoney();
  return (
    <Panel title={t('costs.dearest')}>
      <ul>
        {things.slice(0, most).map(({ module, thingId, title, sum }) => {
          const address = title === undefined ? undefined : thingAddress(module, thingId);
          const name = title ?? t('costs.thing.gone');
          return (
            <li key={thingId} className={classes.thing}>
              <div className="at-grow">
                <div className="at-cut" dir="auto">
                  {address === undefined ? name : <Link to={address}>{name}</Link>}
                </div>
                <span className="at-meta">{moduleName(t, module)}</span>
              </div>
              <span className="at-num">{money.one(sum.cost)}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
