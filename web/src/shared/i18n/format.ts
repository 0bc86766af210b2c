import { useMemo } from 'react';
import { useLocale } from './language';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Numbers, money and times as the current language writes them. */
export function formatter(locale: string) {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' });
  return {
    number: (value: number) => new Intl.NumberFormat(locale).format(value),
    /** 23,400 as 23.4k. */
    compact: (value: number) => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value),
    /** US dollars from a decimal string: two decimals from a cent up, else two significant digits. */
    money: (amount: string) => {
      const value = Number(amount);
      return new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        ...(value !== 0 && Math.abs(value) < 0.1 ? { minimumFractionDigits: 2, maximumSignificantDigits: 3 } : {}),
      }).format(value);
    },
    time: (iso: string) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso)),
    date: (iso: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso)),
    dateTime: (iso: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
    /** "2 minutes ago", "yesterday"; a date when it is more than a month away. */
    ago: (iso: string, now = Date.now()) => {
      const seconds = (new Date(iso).getTime() - now) / 1000;
      if (Math.abs(seconds) > 30 * 86_400) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso));
      const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
      return relative.format(Math.round(seconds / size), unit);
    },
  };
}

export type Formatter = ReturnType<typeof formatter>;

export function useFormat(): Formatter {
  const locale = useLocale();
  return useMemo(() => formatter(locale), [locale]);
}
