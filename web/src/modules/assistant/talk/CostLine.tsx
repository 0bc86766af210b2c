import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { spentTodayQuery } from '@/modules/assistant/api';
import classes from './Talk.module.css';

/** Under every composer: what this conversation and this day have cost. */
export function CostLine({ cost }: { cost: string | undefined }) {
  const t = useT();
  const format = useFormat();
  const phone = useWidth() === 'phone';
  const { data } = useQuery(spentTodayQuery);
  return (
    <div className={classes.costs}>
      {cost !== undefined && (
        <span>
          {t(phone ? 'assistant.cost.here' : 'assistant.cost.conversation')} <span className="at-num">{format.money(cost)}</span>
        </span>
      )}
      <span className="at-grow" />
      {data && (
        <Link to="/costs" search={{}} hash="limits" className={classes.gauge}>
          <span>
            {t('assistant.cost.today')} <span className="at-num">{format.money(data.spent)}</span>
            {data.limit !== null && (
              <>
                {' '}
                {t('assistant.cost.of')} <span className="at-num">{format.money(data.limit)}</span>
              </>
            )}
          </span>
          {data.limit !== null && <Gauge share={Number(data.spent) / Number(data.limit)} />}
        </Link>
      )}
    </div>
  );
}

function Gauge({ share }: { share: number }) {
  return (
    <span className={classes.meter} data-near={share >= 0.8} aria-hidden="true">
      <i style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
    </span>
  );
}
