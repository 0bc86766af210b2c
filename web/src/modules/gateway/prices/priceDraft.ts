import type { NewPrice, Price } from '@/api/money';
import { plainAmount } from '@/modules/gateway/limits/limitDraft';

export const tokenRates = ['input', 'output', 'cached', 'cacheWrite', 'reasoning'] as const;
export const eachRates = ['image', 'request'] as const;
const longRates = ['longInput', 'longOutput', 'longCached'] as const;

export type RateField = (typeof tokenRates)[number] | (typeof eachRates)[number] | (typeof longRates)[number];

/** A price while it is typed; an empty rate is one that is not known or that costs what the whole does. */
export type PriceDraft = Record<RateField, string> & { provider: string; model: string; from: string; above: string };
export type PriceField = keyof PriceDraft;

export function draftOf(price: Pick<Price, 'provider' | 'model'> & Partial<Price>, from: string): PriceDraft {
  const { provider, model, longContext } = price;
  return {
    provider,
    model,
    from,
    ...(Object.fromEntries([...tokenRates, ...eachRates].map((rate) => [rate, price[rate] ?? ''])) as Record<(typeof tokenRates)[number] | (typeof eachRates)[number], string>),
    above: longContext === undefined ? '' : String(longContext.above),
    longInput: longContext?.input ?? '',
    longOutput: longContext?.output ?? '',
    longCached: longContext?.cached ?? '',
  };
}

/** Free is a price, too. */
const isRate = (typed: string): boolean => /^\d{1,7}(\.\d{1,12})?$/.test(plainAmount(typed));
const isEmpty = (typed: string): boolean => typed.trim() === '';

export function wrongPriceFields(draft: PriceDraft): PriceField[] {
  const rates = [...tokenRates, ...eachRates, ...longRates];
  const hasLong = longRates.some((rate) => !isEmpty(draft[rate])) || !isEmpty(draft.above);
  const byToken = hasLong || !isEmpty(draft.input) || !isEmpty(draft.output);
  const needed: PriceField[] = [
    'provider',
    'model',
    // Without a price for pictures or calls, both directions of the text must have one.
    ...(byToken || eachRates.every((rate) => isEmpty(draft[rate])) ? (['input', 'output'] as const) : []),
    ...(hasLong ? (['above', 'longInput', 'longOutput'] as const) : []),
  ];
  return [
    ...new Set<PriceField>([
      ...needed.filter((field) => isEmpty(draft[field])),
      ...rates.filter((rate) => !isEmpty(draft[rate]) && !isRate(draft[rate])),
      ...(isEmpty(draft.above) || /^[1-9]\d{0,9}$/.test(draft.above.trim()) ? [] : (['above'] as const)),
    ]),
  ];
}

export function toPrice(draft: PriceDraft): NewPrice {
  return {
    provider: draft.provider.trim(),
    model: draft.model.trim(),
    ...(draft.from !== '' && { from: draft.from }),
    ...Object.fromEntries([...tokenRates, ...eachRates].filter((field) => !isEmpty(draft[field])).map((field) => [field, plainAmount(draft[field])])),
    ...(!isEmpty(draft.above) && {
      longContext: { above: Number(draft.above), input: plainAmount(draft.longInput), output: plainAmount(draft.longOutput), ...(!isEmpty(draft.longCached) && { cached: plainAmount(draft.longCached) }) },
    }),
  };
}
