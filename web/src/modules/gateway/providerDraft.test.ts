import { describe, expect, it } from 'vitest';
import type { Provider, ProviderKey } from '@/api/types';
import { choiceOf, draftOf, hasFreshSecret, missingFields, withProvider } from './providerDraft';

const azure: Provider = {
  id: 'azure-openai',
  name: 'Azure OpenAI',
  categories: ['Major'],
  status: 'active',
  usable: true,
  needsKey: true,
  takesKey: true,
  keyPrefixes: [],
  settings: [
    { name: 'deployment', required: true, secret: false, note: null },
    { name: 'apiVersion', required: false, secret: false, note: null },
  ],
  baseUrl: null,
  allowsBaseUrl: true,
  capabilities: { tools: true, vision: true, jsonSchema: true, embeddings: true, images: true },
  keyHosts: [],
};
const saved: ProviderKey = { id: 'k', provider: 'azure-openai', name: 'Work', fingerprint: '7Q4K 2MXD', baseUrl: 'https://a.example', settings: { deployment: 'd' }, createdAt: '2026-11-20T09:00:00Z', enabled: true, needsSecret: false };
const untouched = draftOf(undefined);

describe('the provider dialog', () => {
  it('asks for the way and the provider when nothing was ever chosen', () => {
    expect(untouched).toMatchObject({ way: 'key', provider: '' });
    expect(missingFields(untouched, undefined, undefined)).toEqual(['provider']);
  });

  it('starts from what was chosen last time', () => {
    expect(draftOf({ provider: 'groq', model: 'm', settings: {}, chosen: true })).toMatchObject({ way: 'key', provider: 'groq', model: 'm' });
    expect(draftOf({ provider: 'offline', settings: {}, chosen: true })).toMatchObject({ way: 'offline' });
  });

  it('names every field that a provider still needs', () => {
    expect(missingFields(withProvider(untouched, 'azure-openai'), azure, undefined)).toEqual(['apiKey', 'baseUrl', 'deployment']);
  });

  it('asks for no key where what proves the person is among the settings', () => {
    const oracle: Provider = { ...azure, id: 'oracle', needsKey: false, takesKey: false, baseUrl: 'https://o.example', settings: [{ name: 'privateKeyPem', required: true, secret: true, note: null }] };
    const draft = withProvider(untouched, 'oracle');
    expect(missingFields(draft, oracle, undefined)).toEqual(['privateKeyPem']);
    expect(hasFreshSecret(draft, oracle)).toBe(false);
    const typed = { ...draft, settings: { privateKeyPem: 'pem' }, name: 'Work' };
    expect(hasFreshSecret(typed, oracle)).toBe(true);
    expect(choiceOf(typed)).toEqual({ provider: 'oracle', settings: { privateKeyPem: 'pem' }, name: 'Work' });
  });

  it('needs nothing more when a key of the provider is saved', () => {
    expect(missingFields(withProvider(untouched, 'azure-openai'), azure, saved)).toEqual([]);
  });

  it('never sends a key that was typed for one provider to another', () => {
    const typed = { ...withProvider(untouched, 'groq'), apiKey: 'gsk_secret', baseUrl: 'https://g.example', name: 'Mine' };
    expect(choiceOf(withProvider(typed, 'azure-openai'))).toEqual({ provider: 'azure-openai' });
  });

  it('sends only what was filled, without spaces around it', () => {
    const filled = { ...withProvider(untouched, 'azure-openai'), apiKey: ' key \n', name: ' Work ', settings: { deployment: ' d ', apiVersion: ' ' } };
    expect(choiceOf(filled)).toEqual({ provider: 'azure-openai', apiKey: 'key', name: 'Work', settings: { deployment: 'd' } });
  });

  it('sends nothing but its name for Offline Lite', () => {
    expect(choiceOf({ ...untouched, way: 'offline', apiKey: 'left over' })).toEqual({ provider: 'offline' });
  });
});
