// Money is counted in whole pico-dollars, as the house does: no sum of parts ever differs from its total by what a floating point number loses.

const digits = 12;
const cent = 10n ** 10n;
const finest = 4;

/** @param amount a decimal string of dollars with up to 12 decimals; what is finer is cut off. */
export function toPico(amount: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount.trim());
  if (!match) return 0n;
  const [, sign, whole = '0', part = ''] = match;
  const value = BigInt(whole) * 10n ** BigInt(digits) + BigInt(part.slice(0, digits).padEnd(digits, '0'));
  return sign === '-' ? -value : value;
}

/** An amount as it is shown. */
export interface Shown {
  /** Dollars, exact at the decimals they are shown with. */
  value: number;
  decimals: 2 | 4;
  /** More than nothing, and still less than the last decimal shows. */
  isTiny: boolean;
}

const decimalsFor = (amounts: readonly bigint[]): 2 | 4 => (amounts.some((amount) => amount > 0n && amount < cent) ? 4 : 2);
const unitOf = (decimals: number): bigint => 10n ** BigInt(digits - decimals);
const halfUp = (amount: bigint, unit: bigint): bigint => (amount + unit / 2n) / unit;
const shown = (units: bigint, amount: bigint, decimals: 2 | 4): Shown => ({ value: Number(units) / 10 ** decimals, decimals, isTiny: units === 0n && amount > 0n });

/** One amount: cents from a cent up, four decimals below. */
export function showAmount(amount: string): Shown {
  const pico = toPico(amount);
  return showAt(pico, decimalsFor([pico]));
}

const showAt = (pico: bigint, decimals: 2 | 4): Shown => shown(halfUp(pico, unitOf(decimals)), pico, decimals);

/** What is used of a limit: it never looks like all of it while something is left, nor like less once all is. */
export function showUsed(used: string, limit: string): { used: Shown; limit: Shown } {
  const both = { used: showAmount(used), limit: showAmount(limit) };
  if (toPico(used) === toPico(limit) || both.used.value !== both.limit.value) return both;
  return { used: showAt(toPico(used), finest), limit: showAt(toPico(limit), finest) };
}

/**
 * Amounts that stand in one list, with their sum below: the parts shown add up to the total shown, to the last digit.
 * Each part is rounded down, and what is missing goes to those that lost most. If any is below a cent, all show four decimals.
 */
export function showTogether(amounts: readonly string[]): { parts: Shown[]; total: Shown } {
  const pico = amounts.map(toPico);
  const sum = pico.reduce((before, amount) => before + amount, 0n);
  const decimals = decimalsFor(pico);
  const unit = unitOf(decimals);
  const units = pico.map((amount) => amount / unit);
  const total = halfUp(sum, unit);
  const missing = Number(total - units.reduce((before, each) => before + each, 0n));
  const byLoss = pico.map((amount, index) => ({ loss: amount % unit, index })).sort((a, b) => (a.loss === b.loss ? a.index - b.index : a.loss > b.loss ? -1 : 1));
  const raised = new Set(byLoss.slice(0, missing).map(({ index }) => index));
  return {
    parts: pico.map((amount, index) => shown((units[index] ?? 0n) + (raised.has(index) ? 1n : 0n), amount, decimals)),
    total: shown(total, sum, decimals),
  };
}

/** How large a part of the whole an amount is, from 0 to 1; beyond it 1. */
export function shareOf(amount: string, whole: string): number {
  const total = toPico(whole);
  if (total <= 0n) return 0;
  return Math.min(1, Number((toPico(amount) * 10_000n) / total) / 10_000);
}

export const addAmounts = (amounts: readonly string[]): string => fromPico(amounts.reduce((before, amount) => before + toPico(amount), 0n));

export function fromPico(pico: bigint): string {
  const sign = pico < 0n ? '-' : '';
  const text = (pico < 0n ? -pico : pico).toString().padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '');
}

/** The least that is shown as an amount of its own. */
export const leastShown = 1 / 10 ** finest;
