import type { Provider, ProviderChoice, ProviderKey } from '@/api/types';
import type { Connection, NewChoice } from './queries';

export type Way = 'key' | 'ollama' | 'computer' | 'offline';

/** What stands in the dialog's fields, not yet saved. */
export interface ProviderDraft {
  way: Way;
  provider: string;
  apiKey: string;
  name: string;
  baseUrl: string;
  model: string;
  settings: Record<string, string>;
}

/** @param computer the model of this computer that the person chose on this device. */
export function draftOf(choice: ProviderChoice | undefined, computer: string | null = null): ProviderDraft {
  const { provider = 'offline', chosen = false } = choice ?? {};
  const empty = { apiKey: '', name: '', baseUrl: '', model: '', settings: {} };
  if (choice && computer !== null) return { ...empty, way: 'computer', provider: '', model: computer };
  if (!choice || !chosen) return { ...empty, way: 'key', provider: '' };
  const way = provider === 'offline' || provider === 'ollama' ? provider : 'key';
  return { ...empty, way, provider: way === 'key' ? provider : '', baseUrl: choice.baseUrl ?? '', model: choice.model ?? '', settings: choice.settings };
}

/** The same dialog with another provider: what was typed for the first is not sent to the second. */
export const withProvider = (draft: ProviderDraft, provider: string, apiKey = ''): ProviderDraft =>
  draft.provider === provider && apiKey === '' ? draft : { ...draft, way: 'key', provider, apiKey, name: '', baseUrl: '', model: '', settings: {} };

/** Which fields still have to be filled; `apiKey` is not missing when a saved key of the provider is at hand. */
export function missingFields(draft: ProviderDraft, provider: Provider | undefined, saved: ProviderKey | undefined): string[] {
  if (draft.way === 'computer') return draft.model === '' ? ['model'] : [];
  if (draft.way !== 'key') return [];
  if (!provider) return ['provider'];
  const settings = saved ? { ...saved.settings, ...draft.settings } : draft.settings;
  return [
    ...(provider.needsKey && !saved && draft.apiKey.trim() === '' ? ['apiKey'] : []),
    ...(provider.allowsBaseUrl && !provider.baseUrl && !(draft.baseUrl.trim() || saved?.baseUrl) ? ['baseUrl'] : []),
    ...provider.settings.filter(({ name, required }) => required && !settings[name]?.trim()).map(({ name }) => name),
  ];
}

/** Whether a secret stands in the fields that was not sealed yet. */
export const hasFreshSecret = (draft: ProviderDraft, provider: Provider | undefined): boolean =>
  draft.apiKey.trim() !== '' || (provider?.settings.some(({ name, secret }) => secret && draft.settings[name]?.trim()) ?? false);

export function connectionOf(draft: ProviderDraft): Connection {
  const settings = Object.fromEntries(Object.entries(draft.settings).map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value !== ''));
  return {
    ...(draft.apiKey.trim() && { apiKey: draft.apiKey.trim() }),
    ...(draft.baseUrl.trim() && { baseUrl: draft.baseUrl.trim() }),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
}

/** A key to seal without choosing its provider. */
export const keyOf = (draft: ProviderDraft) => ({
  provider: draft.provider,
  ...connectionOf(draft),
  ...(draft.name.trim() && { name: draft.name.trim() }),
});

export function choiceOf(draft: ProviderDraft): NewChoice {
  // The house itself cannot reach it: what the house answers alone, it answers by its own rules.
  if (draft.way === 'computer') return { provider: 'offline' };
  if (draft.way !== 'key') return { provider: draft.way, ...(draft.way === 'ollama' && draft.model && { model: draft.model }) };
  return {
    provider: draft.provider,
    ...connectionOf(draft),
    ...((draft.apiKey.trim() || Object.values(draft.settings).some((value) => value.trim())) && draft.name.trim() && { name: draft.name.trim() }),
    ...(draft.model.trim() && { model: draft.model.trim() }),
  };
}
