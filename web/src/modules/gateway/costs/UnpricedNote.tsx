import { Link } from '@tanstack/react-router';
import type { CostReport } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { useMe } from '@/shared/session/queries';
import { Note } from '@/shared/ui/Note';
import classes from './Costs.module.css';
import { unpricedOf } from './rows';

/** Names the models that are in no figure because nobody knows their price. */
export function UnpricedNote({ report }: { report: CostReport }) {
  const t = useT();
  const isAdmin = useMe().role === 'admin';
  const unpriced = unpricedOf(report);
  if (unpriced.length === 0) return null;
  const models = unpriced.map(({ model, providerName }) => t('costs.unpriced.model', { model, provider: providerName })).join(', ');
  return (
    <div className={classes.notes}>
      <Note kind="live" title={t('costs.unpriced', { count: report.total.unpriced })}>
        <span dir="auto">{models}</span>. {isAdmin ? <Link to="/settings/house/prices">{t('costs.unpriced.set')}</Link> : t('costs.unpriced.ask')}
      </Note>
    </div>
  );
}
