import { createMemoryHistory } from '@tanstack/react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { onSignedOut } from '@/shared/http/http';
import { queryClient } from '@/shared/http/queryClient';
import { rememberLastPlace } from '@/shared/session/lastPlace';
import { router } from './router';

const house = { name: 'Kiln Street', version: '1', setupNeeded: false, registration: 'open', banners: [], insecureOrigin: false };
const me = { id: '1', username: 'mira', role: 'user', createdAt: '2026-11-20T09:00:00Z', preferences: { locale: 'en', theme: 'auto', enterSends: true, hideProviderPrompt: true, persona: 'diszi', notify: false } };

function serve(answers: Record<string, unknown>) {
  vi.stubGlobal(
    'fetch',
    vi.fn((path: string) => Promise.resolve(path in answers ? Response.json(answers[path]) : Response.json({ code: 'sign-in-required', title: 'Sign in.' }, { status: 401 }))),
  );
}

async function open(address: string): Promise<string> {
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [address] }) });
  await router.load();
  return router.state.location.href;
}

const pageShown = () => router.state.matches.at(-1)?.routeId;

describe('an address', () => {
  beforeEach(() => {
    queryClient.clear();
    onSignedOut(() => undefined);
  });

  it('leads to the sign-in page when nobody is signed in, and is kept', { meta: { keeps: ['Z-052', 'L-014'] } }, async () => {
    serve({ '/api/house': house });
    expect(await open('/assistant/7?at=9')).toBe('/sign-in?to=%2Fassistant%2F7%3Fat%3D9');
  });

  it('leads to a plain sign-in page from the start page', async () => {
    serve({ '/api/house': house });
    expect(await open('/')).toBe('/sign-in');
  });

  it('leads to the set-up page as long as the house has no admin', async () => {
    serve({ '/api/house': { ...house, setupNeeded: true } });
    expect(await open('/sign-in')).toBe('/setup');
    expect(await open('/sign-up')).toBe('/setup');
  });

  it('leads from the start page to the Assistant for whoever is signed in', async () => {
    serve({ '/api/house': house, '/api/me': me });
    expect(await open('/')).toBe('/assistant');
  });

  it('leads from the start page to the conversation that was open last', { meta: { keeps: ['L-080'] } }, async () => {
    serve({ '/api/house': house, '/api/me': me });
    rememberLastPlace('/assistant/7');
    expect(await open('/')).toBe('/assistant/7');
    rememberLastPlace(null);
    expect(await open('/')).toBe('/assistant');
  });

  it.each(['/sign-in', '/sign-up', '/setup', '/forgot', '/reset', '/offline'])('%s is a page in front of the door', { meta: { keeps: ['Z-090'] } }, async (address) => {
    serve({ '/api/house': { ...house, setupNeeded: address === '/setup' } });
    expect(await open(address)).toBe(address);
    expect(pageShown()).toBe(address);
  });

  it('that is unknown is answered by a page of its own', async () => {
    serve({ '/api/house': house, '/api/me': me });
    await open('/nowhere');
    expect(pageShown()).toBe('__root__');
  });

  it('never takes another site along to the sign-in page', async () => {
    serve({ '/api/house': house });
    await open('/sign-in?to=%2F%2Fevil.example');
    expect(router.state.matches.at(-1)?.search).toEqual({ to: undefined });
    await open('/sign-in?to=%2Fassistant%2F7');
    expect(router.state.matches.at(-1)?.search).toEqual({ to: '/assistant/7' });
  });
});
