import type { Provider } from '@/api/types';

/** How the categories follow one another; one that is not named here comes after them. */
const order = ['Major', 'Fast, for developers', 'Hosts of open models', 'Many models, one key', 'Other clouds', 'Local'];

/** These have ways of their own in the dialog. */
const elsewhere = ['offline', 'ollama', 'openai-compatible'];

export interface ProviderGroup {
  category: string;
  providers: Provider[];
}

/** The providers that take a key, by category; one of two categories stands in both. */
export function groupProviders(providers: readonly Provider[], search: string): ProviderGroup[] {
  const wanted = search.trim().toLowerCase();
  const listed = providers.filter(({ id, name }) => !elsewhere.includes(id) && `${name} ${id}`.toLowerCase().includes(wanted));
  const categories = [...new Set(listed.flatMap((provider) => provider.categories))];
  const rank = (category: string) => (order.includes(category) ? order.indexOf(category) : order.length);
  return categories
    .sort((one, other) => rank(one) - rank(other))
    .map((category) => ({ category, providers: listed.filter((provider) => provider.categories.includes(category)) }));
}

/** How many a person can choose from. */
export const countProviders = (providers: readonly Provider[]): number =>
  providers.filter(({ id, status }) => !elsewhere.includes(id) && status === 'active').length;
