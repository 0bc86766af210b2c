import { describe, expect, test } from 'vitest';
import type { Message } from '@/api/types';
import { emptyTalk, messagesAbove, reduceTalk, runningAnswer, type Talk, type TalkEvent } from './talk';

const at = '2026-11-20T09:00:00Z';
const question = (id: string, parentId: string | null = null, text = id): Message => ({ id, parentId, role: 'user', parts: [{ type: 'text', text }], siblings: [id], status: 'complete', createdAt: at });
const answer = (id: string, parentId: string, status: Message['status'] = 'complete'): Message => ({ id, parentId, role: 'assistant', parts: [{ type: 'text', text: id }], siblings: [id], status, createdAt: at });

const history = [question('q1'), answer('a1', 'q1'), question('q2', 'a1'), answer('a2', 'q2')];
const run = (events: readonly TalkEvent[], from: Talk = emptyTalk) => events.reduce(reduceTalk, from);
const open = run([{ type: 'newest', page: { items: history, next: null } }]);
const idsOf = (talk: Talk) => talk.messages.map(({ id }) => id);

describe('Pages', () => {
  test('Put older messages above, each once', () => {
    const talk = run([
      { type: 'newest', page: { items: history.slice(2), next: 'q2' } },
      { type: 'older', page: { items: history.slice(0, 3), next: null } },
    ]);
    expect(idsOf(talk)).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(talk.older).toBeNull();
  });

  test('Have nothing above when the server names no cursor', () => {
    expect(run([{ type: 'newest', page: { items: history } }]).older).toBeNull();
  });

  test('Keep what is above when the newest page comes again, and the identity of what did not change', () => {
    const again = run([{ type: 'newest', page: { items: [structuredClone(history[2] as Message), { ...(history[3] as Message), status: 'stopped' }], next: 'q2' } }], open);
    expect(idsOf(again)).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(again.older).toBeNull();
    expect(again.messages[2]).toBe(open.messages[2]);
    expect(again.messages[3]?.status).toBe('stopped');
  });

  test('Do not take words back that the stream has brought, unless some are missing', () => {
    const running = run([{ type: 'newest', page: { items: [question('q1'), answer('a1', 'q1', 'streaming')], next: null } }]);
    const ahead = run([{ type: 'streamed', events: [{ type: 'delta', messageId: 'a1', offset: 2, text: ' and more' }] }], running);
    const page = { items: [question('q1'), { ...answer('a1', 'q1', 'streaming'), model: 'sim-fast' }], next: null };
    expect(run([{ type: 'newest', page }], ahead).messages[1]).toMatchObject({ model: 'sim-fast', parts: [{ type: 'text', text: 'a1 and more' }] });
    expect(run([{ type: 'newest', page }], { ...ahead, stale: true }).messages[1]?.parts).toEqual([{ type: 'text', text: 'a1' }]);
  });

  test('Start over when the newest page is another branch altogether', () => {
    expect(idsOf(run([{ type: 'newest', page: { items: [question('x1'), answer('y1', 'x1')], next: 'x1' } }], open))).toEqual(['x1', 'y1']);
  });

  test('A failure after opening leaves what is shown', () => {
    expect(run([{ type: 'failed', problem: 'x' }], open)).toBe(open);
    expect(run([{ type: 'failed', problem: 'x' }]).phase).toBe('failed');
  });
});

describe('Asking', () => {
  const asked = { clientId: 'c', text: 'And then?', attachments: [] };
  const started = { messageId: 'q3', answerId: 'a3', generationId: 'g3' };

  test('Shows the question at once, then the question and its running answer', () => {
    const sending = run([{ type: 'sending', question: asked }], open);
    expect(sending.outgoing).toEqual({ question: asked, problem: undefined });
    const running = run([{ type: 'started', question: asked, started, at }], sending);
    expect(idsOf(running)).toEqual(['q1', 'a1', 'q2', 'a2', 'q3', 'a3']);
    expect(running.outgoing).toBeUndefined();
    expect(runningAnswer(running)?.generationId).toBe('g3');
    expect(run([{ type: 'started', question: asked, started, at }], running).messages).toBe(running.messages);
  });

  test('Keeps a question that was refused, until it is withdrawn', () => {
    const refused = run([{ type: 'sending', question: asked }, { type: 'refused', problem: 'no' }], open);
    expect(refused.outgoing).toEqual({ question: asked, problem: 'no' });
    expect(run([{ type: 'withdrawn' }], refused).outgoing).toBeUndefined();
  });

  test('An edited question becomes a branch in its place', () => {
    const talk = run([{ type: 'started', question: { ...asked, parentId: 'a1' }, started, at }], open);
    expect(idsOf(talk)).toEqual(['q1', 'a1', 'q3', 'a3']);
    expect(talk.messages[2]?.siblings).toEqual(['q2', 'q3']);
    const first = run([{ type: 'started', question: { ...asked, parentId: null }, started, at }], open);
    expect(idsOf(first)).toEqual(['q3', 'a3']);
    expect(first.messages[0]?.siblings).toEqual(['q1', 'q3']);
  });

  test('Knows what stays above a question', () => {
    expect(messagesAbove(history, undefined)).toBe(history);
    expect(messagesAbove(history, null)).toEqual([]);
    expect(messagesAbove(history, 'a1').map(({ id }) => id)).toEqual(['q1', 'a1']);
  });
});

describe('Answers', () => {
  test('Another answer takes the place of the former and everything below it', () => {
    const talk = run([{ type: 'again', of: 'a1', answerId: 'a9', generationId: 'g9', at }], open);
    expect(idsOf(talk)).toEqual(['q1', 'a9']);
    expect(talk.messages[1]).toMatchObject({ siblings: ['a1', 'a9'], parentId: 'q1', status: 'streaming' });
  });

  test('A continued answer goes on where it stood', () => {
    const cut = run([{ type: 'newest', page: { items: [question('q1'), answer('a1', 'q1', 'interrupted')], next: null } }]);
    const talk = run(
      [
        { type: 'continued', answerId: 'a1', generationId: 'g2' },
        { type: 'streamed', events: [{ type: 'delta', messageId: 'a1', offset: 2, text: ' and on' }] },
      ],
      cut,
    );
    expect(talk.messages[1]).toMatchObject({ status: 'streaming', parts: [{ type: 'text', text: 'a1 and on' }] });
  });

  test('Marks the talk stale when text is missing, keeping what is there', () => {
    const running = run([{ type: 'newest', page: { items: [question('q1'), answer('a1', 'q1', 'streaming')], next: null } }]);
    const talk = run([{ type: 'streamed', events: [{ type: 'delta', messageId: 'a1', offset: 2, text: '!' }, { type: 'delta', messageId: 'a1', offset: 99, text: '?' }] }], running);
    expect(talk.stale).toBe(true);
    expect(talk.messages[1]?.parts).toEqual([{ type: 'text', text: 'a1!' }]);
  });

  test('Ignores a stream when nothing runs', () => {
    expect(run([{ type: 'streamed', events: [{ type: 'delta', messageId: 'a2', offset: 2, text: '!' }] }], open)).toBe(open);
  });
});
