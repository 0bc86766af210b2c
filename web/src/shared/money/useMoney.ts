import { useMemo } from 'react';
import { useLocale, useT } from '@/shared/i18n/language';
import { leastShown, showAmount, showTogether, showUsed, type Shown } from './amounts';

export interface MoneyTexts {
  /** One amount that stands for itself. */
  one: (amount: string) => string;
  /** A rate with every decimal it has. */
  exact: (amount: string) => string;
  /** What is used of a limit, and the limit. */
  used: (used: string, limit: string) => { used: string; limit: string };
  /** The amounts of one list and their sum, which agree to the last digit. */
  together: (amounts: readonly string[]) => { parts: string[]; total: string };
}

/** Writes money as the language does, without rounding a total away from its parts. */
export function useMoney(): MoneyTexts {
  const t = useT();
  const locale = useLocale();
  return useMemo(() => {
    const writers = { 2: writer(locale, 2, 2), 4: writer(locale, 4, 4) };
    const exact = writer(locale, 2, 12);
    const text = ({ value, decimals, isTiny }: Shown) => (isTiny ? t('costs.lessThan', { amount: writers[4].format(leastShown) }) : writers[decimals].format(value));
    return {
      one: (amount) => text(showAmount(amount)),
      exact: (amount) => exact.format(Number(amount)),
      used: (used, limit) => {
        const both = showUsed(used, limit);
        return { used: text(both.used), limit: text(both.limit) };
      },
      together: (amounts) => {
        const { parts, total } = showTogether(amounts);
        return { parts: parts.map(text), total: text(total) };
      },
    };
  }, [t, locale]);
}

const writer = (locale: string, least: number, most: number) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', minimumFractionDigits: least, maximumFractionDigits: most });
