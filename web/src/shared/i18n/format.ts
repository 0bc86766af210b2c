import { useLocale } from './language';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const dollars = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;

/** Numbers, money and times as the current language writes them. */
export function formatter(locale: string) {
  const plain = new Intl.NumberFormat(locale);
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const money = new Intl.NumberFormat(locale, dollars);
  const smallMoney = new Intl.NumberFormat(locale, { ...dollars, minimumFractionDigits: 2, maximumSignificantDigits: 3 });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' });
  return {
    number: (value: number) => plain.format(value),
    /** 23,400 as 23.4k. */
    compact: (value: number) => short.format(value),
    /** US dollars from a decimal string: two decimals from a cent up, else two significant digits. */
    money: (amount: string) => {
      const value = Number(amount);
      return (value !== 0 && Math.abs(value) < 0.1 ? smallMoney : money).format(value);
    },
    time: (iso: string) => time.format(new Date(iso)),
    date: (iso: string) => date.format(new Date(iso)),
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    /** "2 minutes ago", "yesterday"; a date when it is more than a month away. */
    ago: (iso: string, now = Date.now()) => {
      const seconds = (new Date(iso).getTime() - now) / 1000;
      if (Math.abs(seconds) > 30 * 86_400) return date.format(new Date(iso));
      const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
      return relative.format(Math.round(seconds / size), unit);
    },
  };
}

export type Formatter = ReturnType<typeof formatter>;

// The browser takes its time to make one, and a list of messages asks for many.
const made = new Map<string, Formatter>();

export function useFormat(): Formatter {
  const locale = useLocale();
  const known = made.get(locale);
  if (known) return known;
  const fresh = formatter(locale);
  made.set(locale, fresh);
  return fresh;
}
