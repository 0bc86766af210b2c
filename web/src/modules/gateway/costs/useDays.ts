import { useMemo } from 'react';
import { useLocale, useT } from '@/shared/i18n/language';
import { today, type Range } from './range';

/** UTC days as the language writes them. */
export function useDays() {
  const t = useT();
  const locale = useLocale();
  return useMemo(() => {
    const writer = (options: Intl.DateTimeFormatOptions) => {
      const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
      return (date: string) => format.format(new Date(date.length === 7 ? `${date}-01` : date));
    };
    const day = writer({ day: 'numeric', month: 'long' });
    const withYear = writer({ day: 'numeric', month: 'long', year: 'numeric' });
    const dayOf = (date: string) => (date.slice(0, 4) === today().slice(0, 4) ? day(date) : withYear(date));
    return {
      /** "22 October". */
      day: dayOf,
      /** "22 Oct". */
      short: writer({ day: 'numeric', month: 'short' }),
      /** "Thursday 29 October". */
      long: writer({ weekday: 'long', day: 'numeric', month: 'long' }),
      /** "November". */
      month: writer({ month: 'long' }),
      /** "November 2026". */
      monthOfYear: writer({ month: 'long', year: 'numeric' }),
      /** "22 October to today". */
      range: ({ from, to }: Range) => (from === to ? (to === today() ? t('costs.today') : dayOf(to)) : to === today() ? t('costs.range.toToday', { from: dayOf(from) }) : t('costs.range.fromTo', { from: dayOf(from), to: dayOf(to) })),
    };
  }, [t, locale]);
}
