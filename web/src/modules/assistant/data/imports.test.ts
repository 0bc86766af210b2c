import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sendImport } from './imports';

/** The browser's old request, played by hand. */
class FakeRequest extends EventTarget {
  static last: FakeRequest;
  readonly upload = new EventTarget();
  status = 0;
  responseText = '';
  readonly open = vi.fn();
  readonly setRequestHeader = vi.fn();
  readonly send = vi.fn();

  constructor() {
    super();
    FakeRequest.last = this;
  }

  abort() {
    this.dispatchEvent(new Event('abort'));
  }

  sent(loaded: number, total: number) {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded, total }));
  }

  answers(status: number, body: string) {
    this.status = status;
    this.responseText = body;
    this.dispatchEvent(new Event('load'));
  }
}

function begin() {
  const seen: number[] = [];
  const giveUp = new AbortController();
  const sent = sendImport(new File(['{}'], 'export.zip'), (share) => seen.push(share), giveUp.signal);
  return { seen, giveUp, sent, request: FakeRequest.last };
}

describe('sending an export', () => {
  beforeEach(() => vi.stubGlobal('XMLHttpRequest', FakeRequest));

  it('tells how much has been sent, and then which import it is', async () => {
    const { seen, sent, request } = begin();
    request.sent(50, 200);
    request.sent(200, 200);
    request.answers(202, '{"id":"7"}');
    await expect(sent).resolves.toEqual({ id: '7' });
    expect(seen).toEqual([0.25, 1]);
    expect(request.open).toHaveBeenCalledExactlyOnceWith('POST', '/api/conversations/import');
  });

  it('says why the house refused the file', async () => {
    const { sent, request } = begin();
    request.answers(409, '{"code":"already-importing","title":"An import of yours is running."}');
    await expect(sent).rejects.toMatchObject({ code: 'already-importing', status: 409 });
  });

  it('says so when the answer cannot be read', async () => {
    const { sent, request } = begin();
    request.answers(502, '<h1>Bad gateway</h1>');
    await expect(sent).rejects.toMatchObject({ code: 'http-502' });
  });

  it('ends when it is given up, and when the connection goes', async () => {
    const first = begin();
    first.giveUp.abort();
    await expect(first.sent).rejects.toMatchObject({ name: 'AbortError' });
    const second = begin();
    second.request.dispatchEvent(new Event('error'));
    await expect(second.sent).rejects.toMatchObject({ code: 'no-connection' });
  });
});
