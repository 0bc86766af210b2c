import type { NewApiKey } from '@/api/money';
import { isAmount, plainAmount } from '@/modules/gateway/limits/limitDraft';

export const endpoints = ['chat', 'responses', 'messages', 'embeddings', 'images', 'models'] as const;

/** A key for a program while it is described; lists are typed as text. */
export interface KeyDraft {
  name: string;
  models: string;
  endpoints: string[];
  addresses: string;
  budget: string;
  requestsPerMinute: string;
  tokensPerMinute: string;
  concurrentCalls: string;
  /** The last day on which it works, as the person's calendar has it; empty: for good. */
  lastDay: string;
}

export type KeyField = 'name' | 'addresses' | 'budget' | 'requestsPerMinute' | 'tokensPerMinute' | 'concurrentCalls' | 'lastDay';

export const newKey: KeyDraft = { name: '', models: '', endpoints: [], addresses: '', budget: '', requestsPerMinute: '', tokensPerMinute: '', concurrentCalls: '', lastDay: '' };

const most = { requestsPerMinute: 1_000_000, tokensPerMinute: 1_000_000_000, concurrentCalls: 10_000 } as const;
const counts = Object.keys(most) as (keyof typeof most)[];

/** What stands between commas, spaces or on lines of their own, each once. */
export const listOf = (typed: string): string[] => [...new Set(typed.split(/[\s,;]+/).filter((each) => each !== ''))];

/** Looks like an address or a network of them; the house looks closer. */
const isAddress = (text: string): boolean => /^[\da-f:.]+(\/\d{1,3})?$/i.test(text) && /[.:]/.test(text);

/** The last moment of a day by the clock of whoever typed it. */
function endOf(day: string): Date | undefined {
  const [year, month, date] = day.split('-').map(Number);
  return year && month && date ? new Date(year, month - 1, date + 1) : undefined;
}

export function wrongKeyFields(draft: KeyDraft, now = Date.now()): KeyField[] {
  const ends = endOf(draft.lastDay);
  return [
    ...(draft.name.trim() === '' ? (['name'] as const) : []),
    ...(listOf(draft.addresses).every(isAddress) ? [] : (['addresses'] as const)),
    ...(draft.budget.trim() === '' || isAmount(draft.budget, 'dollars') ? [] : (['budget'] as const)),
    ...counts.filter((field) => draft[field].trim() !== '' && !(/^\d{1,10}$/.test(draft[field].trim()) && Number(draft[field]) >= 1 && Number(draft[field]) <= most[field])),
    ...(draft.lastDay === '' || (ends !== undefined && ends.getTime() > now) ? [] : (['lastDay'] as const)),
  ];
}

export function toNewKey(draft: KeyDraft): NewApiKey {
  const models = listOf(draft.models);
  const addresses = listOf(draft.addresses);
  const ends = endOf(draft.lastDay);
  return {
    name: draft.name.trim(),
    ...(models.length > 0 && { models }),
    ...(draft.endpoints.length > 0 && { endpoints: draft.endpoints }),
    ...(addresses.length > 0 && { addresses }),
    ...(draft.budget.trim() !== '' && { budget: plainAmount(draft.budget) }),
    ...Object.fromEntries(counts.filter((field) => draft[field].trim() !== '').map((field) => [field, Number(draft[field])])),
    ...(ends && { expiresAt: ends.toISOString() }),
  };
}
