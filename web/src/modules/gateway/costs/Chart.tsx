import { useState, type KeyboardEvent } from 'react';
import type { Budget } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { shareOf, toPico } from '@/shared/money/amounts';
import { useMoney } from '@/shared/money/useMoney';
import { useWidth } from '@/shared/shell/useWidth';
import { labelled, scaleOf, seriesColour, showsLimit, type Bar } from './bars';
import classes from './Chart.module.css';
import { moduleName } from './names';
import { today } from './range';
import { useDays } from './useDays';

interface ChartProps {
  bars: readonly Bar[];
  /** The modules, from the bottom up. */
  series: readonly string[];
  dayLimit: Budget | undefined;
}

const highestOf = (bars: readonly Bar[]): number => bars.reduce((highest, { cost }) => Math.max(highest, Number(cost)), 0);

/** Stacked bars. Pointing at one, or moving over them with the arrow keys, tells what it is made of; the table says the same. */
export function Chart({ bars, series, dayLimit }: ChartProps) {
  const t = useT();
  const money = useMoney();
  const days = useDays();
  const room = useWidth() === 'phone' ? 4 : 8;
  const [at, setAt] = useState<number>();
  const highest = highestOf(bars);
  const limit = dayLimit && (highest === 0 || showsLimit(Number(dayLimit.amount), highest)) ? Number(dayLimit.amount) : undefined;
  const lines = scaleOf(Math.max(highest, limit ?? 0));
  const top = lines.at(-1) ?? 0;
  const named = labelled(bars.length, room);
  const chosen = at === undefined ? undefined : bars[at];
  const heightOf = (value: number) => `${top > 0 ? (value / top) * 100 : 0}%`;
  const scale = money.together(lines.map(String)).parts;

  const move = (event: KeyboardEvent) => {
    const last = bars.length - 1;
    const next = { ArrowLeft: Math.max(0, (at ?? last + 1) - 1), ArrowRight: Math.min(last, (at ?? -1) + 1), Home: 0, End: last }[event.key];
    if (event.key === 'Escape') setAt(undefined);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };

  return (
    <>
      <div className={classes.chart} role="group" aria-label={t('costs.chart', { count: bars.length })} tabIndex={0} onKeyDown={move} onBlur={() => setAt(undefined)} onPointerLeave={() => setAt(undefined)}>
        <div className={classes.scale} aria-hidden="true">
          {lines.map((line, index) => (
            <span key={line} style={{ bottom: heightOf(line) }}>
              {line === 0 ? '0' : scale[index]}
            </span>
          ))}
        </div>
        <div className={classes.plot}>
          {lines.map((line) => (
            <i key={line} className={classes.line} style={{ bottom: heightOf(line) }} />
          ))}
          {limit !== undefined && (
            <span className={classes.limit} style={{ bottom: heightOf(limit) }}>
              <span>{t('costs.chart.limit')}</span>
            </span>
          )}
          <div className={classes.bars} style={{ gridTemplateColumns: `repeat(${bars.length}, minmax(0, 1fr))` }}>
            {bars.map((bar, index) => (
              <div key={bar.from} className={classes.bar} data-on={index === at} onPointerEnter={() => setAt(index)}>
                {toPico(bar.cost) > 0n && (
                  <div className={classes.stack} style={{ height: heightOf(Number(bar.cost)) }}>
                    {series.map((module) => toPico(bar.modules[module] ?? '0') > 0n && <i key={module} style={{ height: `${shareOf(bar.modules[module] ?? '0', bar.cost) * 100}%`, background: seriesColour(module) }} />)}
                  </div>
                )}
              </div>
            ))}
          </div>
          {chosen && at !== undefined && <BarTip bar={chosen} series={series} place={(at + 0.5) / bars.length} />}
        </div>
        <div className={classes.names} style={{ gridTemplateColumns: `repeat(${bars.length}, minmax(0, 1fr))` }} aria-hidden="true">
          {bars.map((bar, index) => (
            <span key={bar.from}>{named.has(index) && <span data-last={index === bars.length - 1}>{bar.to === today() ? t('costs.today') : days.short(bar.to)}</span>}</span>
          ))}
        </div>
      </div>
      {dayLimit && limit === undefined && <p className={classes.far}>{t('costs.chart.limitFar', { amount: money.one(dayLimit.amount) })}</p>}
    </>
  );
}

function BarTip({ bar, series, place }: { bar: Bar; series: readonly string[]; place: number }) {
  const t = useT();
  const money = useMoney();
  const days = useDays();
  const used = series.filter((module) => toPico(bar.modules[module] ?? '0') > 0n);
  const costs = money.together(used.map((module) => bar.modules[module] ?? '0'));
  return (
    <div className={classes.tip} role="status" data-side={place > 0.5 ? 'left' : 'right'} style={place > 0.5 ? { right: `${(1 - place) * 100}%` } : { left: `${place * 100}%` }}>
      <b>
        {bar.from === bar.to ? days.long(bar.from) : days.range(bar)} <span className="at-num">{costs.total}</span>
      </b>
      {used.map((module, index) => (
        <span key={module}>
          {moduleName(t, module)} <span className="at-num">{costs.parts[index]}</span>
        </span>
      ))}
      <span>{t('costs.requests.count', { count: bar.requests })}</span>
    </div>
  );
}
