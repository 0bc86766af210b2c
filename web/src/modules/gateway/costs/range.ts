/** Days as the house counts them: UTC dates, "2026-11-20". */
export interface Range {
  from: string;
  to: string;
}

/** What the address of the costs page says. */
export interface CostsSearch {
  /** That many days up to today. */
  days?: number;
  /** A range of its own, both days included; stronger than `days`. */
  from?: string;
  to?: string;
  /** For admins: everybody's costs, or one person's. */
  who?: 'everybody';
  person?: string;
}

export const periods = [7, 30, 90] as const;
export const longestDays = 366;
const usual = 30;

const dayLength = 86_400_000;
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayLength;
const dateOf = (number: number): string => new Date(number * dayLength).toISOString().slice(0, 10);

export const today = (now = Date.now()): string => dateOf(Math.floor(now / dayLength));
export const addDays = (date: string, days: number): string => dateOf(dayNumber(date) + days);
/** How many days a range has; both ends count. */
export const lengthOf = ({ from, to }: Range): number => dayNumber(to) - dayNumber(from) + 1;

/** A real day of the calendar, not one that only looks like it. */
export const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(dayNumber(value)) && dateOf(dayNumber(value)) === value;

/** Whether a range can be asked for: in order, not in the future, a year at most. */
export const isRange = (range: Partial<Range>, now = Date.now()): range is Range =>
  isDay(range.from) && isDay(range.to) && range.from <= range.to && range.to <= today(now) && lengthOf({ from: range.from, to: range.to }) <= longestDays;

export function readCostsSearch(search: Record<string, unknown>): CostsSearch {
  const days = Number(search['days']);
  const range = { from: search['from'] as string, to: search['to'] as string };
  return {
    ...(isRange(range) ? range : Number.isInteger(days) && days >= 1 && days <= longestDays && { days }),
    ...(search['who'] === 'everybody' && { who: 'everybody' as const, ...(typeof search['person'] === 'string' && search['person'] !== '' && { person: search['person'] }) }),
  };
}

/** The days that an address asks for. */
export function rangeOf({ days = usual, from, to }: CostsSearch, now = Date.now()): Range {
  if (from !== undefined && to !== undefined) return { from, to };
  return { from: addDays(today(now), 1 - days), to: today(now) };
}

/** The whole months of the last year, newest first, this one too: "2026-11". */
export const lastMonths = (now = Date.now(), count = 12): string[] => {
  const [year = 0, month = 1] = today(now).split('-').map(Number);
  return Array.from({ length: count }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7));
};
