import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me, Message } from '@/api/types';
import { meQuery } from '@/shared/session/queries';
import { useFinishedNotice } from './useFinishedNotice';

const shown = vi.fn<(title: string, options: NotificationOptions) => void>();

class FakeNotification {
  static permission = 'granted';
  onclick: (() => void) | null = null;
  constructor(title: string, options: NotificationOptions) {
    shown(title, options);
  }
}

const answer = (status: Message['status'], age: number): Message => ({
  id: 'a', parentId: 'q', role: 'assistant', parts: [{ type: 'text', text: 'Load the lower shelf first.' }], siblings: ['a'], status, createdAt: new Date(Date.now() - age).toISOString(),
});

interface Shown {
  running: Message | undefined;
  last: Message;
}

function run(age: number, { notify = true, status = 'complete' }: { notify?: boolean; status?: Message['status'] } = {}) {
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, { preferences: { notify } } as Me);
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const streaming = answer('streaming', age);
  const initialProps: Shown = { running: streaming, last: streaming };
  const { rerender } = renderHook(({ running, last }: Shown) => useFinishedNotice('c', running, last), { wrapper, initialProps });
  rerender({ running: undefined, last: answer(status, age) });
}

describe('a long answer that ends', () => {
  beforeEach(() => {
    vi.stubGlobal('Notification', FakeNotification);
    FakeNotification.permission = 'granted';
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  });
  afterEach(() => shown.mockClear());

  it('is told of when nobody looks', async () => {
    run(20_000);
    await vi.waitFor(() => expect(shown).toHaveBeenCalledExactlyOnceWith('Diszi has answered', expect.objectContaining({ body: 'Load the lower shelf first.', data: '/assistant/c' })));
  });

  it('is told of as ended when it was not whole', async () => {
    run(20_000, { status: 'interrupted' });
    await vi.waitFor(() => expect(shown).toHaveBeenCalledWith('The answer of Diszi has ended early', expect.anything()));
  });

  it.each([
    ['the page is looked at', () => vi.spyOn(document, 'hidden', 'get').mockReturnValue(false), 20_000, true],
    ['it was short', () => undefined, 2_000, true],
    ['the person did not ask for it', () => undefined, 20_000, false],
    ['the device refuses', () => (FakeNotification.permission = 'denied'), 20_000, true],
  ])('is not told of when %s', async (_, prepare, age, notify) => {
    prepare();
    run(age, { notify });
    await Promise.resolve();
    await Promise.resolve();
    expect(shown).not.toHaveBeenCalled();
  });
});
