import type { CostDay, Dollars } from '@/api/money';
import { addAmounts, toPico } from '@/shared/money/amounts';

/** One bar: a day, or the days of a week where there are too many. */
export interface Bar {
  from: string;
  to: string;
  cost: Dollars;
  requests: number;
  modules: Readonly<Record<string, Dollars>>;
}

const mostDays = 93;
const week = 7;

/** A bar a day; of long ranges a bar for each 7 days, the last of them whole. */
export function barsOf(days: readonly CostDay[]): Bar[] {
  if (days.length <= mostDays) return days.map(({ date, cost, requests, modules }) => ({ from: date, to: date, cost, requests, modules }));
  const first = days.length % week;
  const groups = [days.slice(0, first), ...Array.from({ length: Math.floor(days.length / week) }, (_, index) => days.slice(first + index * week, first + (index + 1) * week))];
  return groups.filter((group) => group.length > 0).map(sumOf);
}

function sumOf(days: readonly CostDay[]): Bar {
  const names = [...new Set(days.flatMap(({ modules }) => Object.keys(modules)))];
  return {
    from: days[0]?.date ?? '',
    to: days.at(-1)?.date ?? '',
    cost: addAmounts(days.map(({ cost }) => cost)),
    requests: days.reduce((sum, { requests }) => sum + requests, 0),
    modules: Object.fromEntries(names.map((name) => [name, addAmounts(days.map(({ modules }) => modules[name] ?? '0'))])),
  };
}

/** Modules in the order and colour they have in every chart; others follow by name. */
const known = ['assistant', 'community', 'builder', 'coder', 'giggles', 'api'];
export const seriesColour = (module: string): string => `var(--at-series-${known.includes(module) ? known.indexOf(module) + 1 : known.length})`;

/** The modules that cost something in these days. */
export function seriesOf(bars: readonly Bar[]): { module: string; cost: Dollars }[] {
  const names = [...new Set(bars.flatMap(({ modules }) => Object.keys(modules)))];
  const place = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length);
  return names
    .map((module) => ({ module, cost: addAmounts(bars.map(({ modules }) => modules[module] ?? '0')) }))
    .filter(({ cost }) => toPico(cost) > 0n)
    .sort((a, b) => place(a.module) - place(b.module) || a.module.localeCompare(b.module));
}

/** Lines of a scale from 0 to a round number at or above the highest value, four or five of them. */
export function scaleOf(highest: number): number[] {
  if (!(highest > 0)) return [0];
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999_999) ?? 10);
  const lines = Math.ceil((highest / step) * 0.999_999);
  return Array.from({ length: lines + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

/** A limit far above all bars would leave them flat; then it is only said in words. */
export const showsLimit = (limit: number, highest: number): boolean => limit <= highest * 3;

/** Which bars are named below the chart: about as many as have room, the last one always. */
export function labelled(count: number, room: number): Set<number> {
  const step = Math.max(1, Math.ceil(count / Math.max(1, room)));
  return new Set(Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % step === 0));
}
