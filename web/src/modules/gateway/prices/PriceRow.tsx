import { Badge, Button } from '@mantine/core';
import type { Price } from '@/api/money';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useMoney } from '@/shared/money/useMoney';
import { notify } from '@/shared/notify/toasts';
import { useDays } from '@/modules/gateway/costs/useDays';
import { today } from '@/modules/gateway/costs/range';
import { eachRates, tokenRates } from './priceDraft';
import classes from './Prices.module.css';
import { priceOf, useDropPrice, useSetPrice } from './queries';

const colours = { 'built-in': 'gray', setting: 'lapis', admin: 'patina' } as const;

/** What one model costs, since when, and who says so. */
export function PriceRow({ price, onChange }: { price: Price; onChange: () => void }) {
  const t = useT();
  const text = useProblemText();
  const format = useFormat();
  const days = useDays();
  const money = useMoney();
  const drop = useDropPrice();
  const set = useSetPrice();
  const { id, provider, model, from, source, retires, successor, unverified, longContext } = price;
  const rates = [...tokenRates, ...eachRates].flatMap((rate) => (price[rate] === undefined ? [] : [t(`prices.rate.${rate}`, { amount: money.exact(price[rate]) })]));
  const notes = [
    from !== undefined && (from > today() ? t('prices.from', { date: days.day(from) }) : t('prices.since', { date: days.day(from) })),
    longContext && t('prices.long', { above: format.compact(longContext.above), input: money.exact(longContext.input), output: money.exact(longContext.output) }),
    retires !== undefined && (successor === undefined ? t('prices.retires', { date: days.day(retires) }) : t('prices.retiresFor', { date: days.day(retires), successor })),
    unverified && t('prices.unverified'),
  ].filter(Boolean);
  const failed = (error: unknown) => notify(text(error), { kind: 'bad' });
  // Awaited, not told by the mutation: the line itself is gone by then, and would hear nothing any more.
  const goBack = async (id: string) => {
    try {
      await drop.mutateAsync(id);
      notify(t('prices.dropped', { model }), { undo: () => void set.mutateAsync(priceOf(price)).catch(failed) });
    } catch (error) {
      failed(error);
    }
  };
  return (
    <li className={classes.row}>
      <div className={classes.model} dir="auto">
        <b>{model}</b>
        <div className="at-meta">{provider}</div>
      </div>
      <div className={classes.rates}>
        {rates.length === 0 ? t('costs.unknown') : rates.join(' · ')}
        {notes.length > 0 && <div className="at-meta">{notes.join(' · ')}</div>}
      </div>
      <Badge className={classes.source} color={colours[source]} variant={source === 'built-in' ? 'default' : 'light'} size="lg">
        {t(`prices.source.${source === 'built-in' ? 'builtIn' : source}`)}
      </Badge>
      <div className={classes.tools}>
        {source === 'admin' && id !== undefined && (
          <Button variant="subtle" color="gray" size="xs" loading={drop.isPending} aria-label={t('prices.backOf', { model })} onClick={() => void goBack(id)}>
            {t('prices.back')}
          </Button>
        )}
        <Button variant="default" size="xs" aria-label={t('prices.changeOf', { model })} onClick={onChange}>
          {t('prices.change')}
        </Button>
      </div>
    </li>
  );
}
