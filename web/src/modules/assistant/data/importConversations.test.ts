import { beforeEach, describe, expect, it, vi } from 'vitest';
import { importConversations, type ImportProgress } from './importConversations';

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

  hears(text: string, last = false) {
    this.status = 200;
    this.responseText += text;
    this.dispatchEvent(new Event(last ? 'load' : 'progress'));
  }

  refuses(status: number, body: string) {
    this.status = status;
    this.responseText = body;
    this.dispatchEvent(new Event('load'));
  }
}

function begin() {
  const seen: ImportProgress[] = [];
  const giveUp = new AbortController();
  const done = importConversations(new File(['{}'], 'export.zip'), (progress) => seen.push(progress), giveUp.signal);
  return { seen, giveUp, done, request: FakeRequest.last };
}

describe('bringing in an export', () => {
  beforeEach(() => vi.stubGlobal('XMLHttpRequest', FakeRequest));

  it('tells how far it is, line by line, and ends with the report', async () => {
    const { seen, done, request } = begin();
    request.sent(50, 200);
    request.hears('{"type":"progress","done":1,"total":3}\n{"type":"prog');
    request.hears('ress","done":3,"total":3}\n');
    request.hears('{"type":"report","conversations":2,"messages":9,"skipped":[{"title":"Old","code":"already-here"}]}', true);
    await expect(done).resolves.toMatchObject({ conversations: 2, messages: 9, skipped: [{ title: 'Old', code: 'already-here' }] });
    expect(seen).toEqual([
      { phase: 'sending', done: 50, total: 200 },
      { phase: 'reading', done: 1, total: 3 },
      { phase: 'reading', done: 3, total: 3 },
    ]);
  });

  it('says why the house refused the file', async () => {
    const { done, request } = begin();
    request.refuses(400, '{"code":"not-an-export","title":"This is no export."}');
    await expect(done).rejects.toMatchObject({ code: 'not-an-export', status: 400 });
  });

  it('says why the house stopped in the middle', async () => {
    const { done, request } = begin();
    request.hears('{"type":"progress","done":1,"total":3}\n{"type":"error","code":"storage-full","title":"Full."}\n', true);
    await expect(done).rejects.toMatchObject({ code: 'storage-full' });
  });

  it('does not take half an answer for a report', async () => {
    const { done, request } = begin();
    request.hears('{"type":"report","conversations":', true);
    await expect(done).rejects.toMatchObject({ code: 'internal-error' });
  });

  it('ends when it is given up, and when the connection goes', async () => {
    const first = begin();
    first.giveUp.abort();
    await expect(first.done).rejects.toMatchObject({ name: 'AbortError' });
    const second = begin();
    second.request.dispatchEvent(new Event('error'));
    await expect(second.done).rejects.toMatchObject({ code: 'no-connection' });
  });
});
