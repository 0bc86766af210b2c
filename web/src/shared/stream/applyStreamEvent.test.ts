import { describe, expect, test } from 'vitest';
import type { Message } from '@/api/types';
import { applyStreamEvent, isLast, type StreamEvent } from './applyStreamEvent';

const empty: Message = { id: 'a', role: 'assistant', parts: [], siblings: ['a'], status: 'streaming', createdAt: '2026-11-20T09:00:00Z' };
const delta = (offset: number, text: string): StreamEvent => ({ type: 'delta', messageId: 'a', offset, text });
const reasoning = (offset: number, text: string): StreamEvent => ({ type: 'reasoning', messageId: 'a', offset, text });

function run(events: readonly StreamEvent[], from: Message = empty): Message | 'gap' {
  let message: Message | 'gap' = from;
  for (const event of events) {
    if (message === 'gap') return 'gap';
    message = applyStreamEvent(message, event);
  }
  return message;
}

const partsAfter = (events: readonly StreamEvent[], from?: Message) => {
  const after = run(events, from);
  return after === 'gap' ? 'gap' : after.parts;
};

const whole = [reasoning(0, 'Let me '), reasoning(7, 'see.'), delta(0, 'Hello '), delta(6, '👋 you')];
const wholeParts = [{ type: 'reasoning', text: 'Let me see.' }, { type: 'text', text: 'Hello 👋 you' }];

describe('Text', () => {
  test('Grows part by part in the order it arrives', () => {
    expect(partsAfter(whole)).toEqual(wholeParts);
  });

  test('Counts offsets in UTF-16 units', () => {
    expect(partsAfter([delta(0, '👋'), delta(2, '!')])).toEqual([{ type: 'text', text: '👋!' }]);
  });

  test('Skips what is already there, wherever the stream was cut and resumed', () => {
    for (let cut = 0; cut <= whole.length; cut++) {
      for (let again = 0; again <= cut; again++) {
        expect(partsAfter([...whole.slice(0, cut), ...whole.slice(again)])).toEqual(wholeParts);
      }
    }
  });

  test('Takes only the new end of a piece that overlaps', () => {
    expect(partsAfter([delta(0, 'Hello'), delta(3, 'lo you')])).toEqual([{ type: 'text', text: 'Hello you' }]);
  });

  test('Asks for the whole message when a piece is missing', () => {
    expect(partsAfter([delta(0, 'Hello'), delta(9, 'you')])).toBe('gap');
    expect(partsAfter([delta(4, 'o')])).toBe('gap');
    expect(partsAfter([reasoning(0, 'x'), delta(3, 'late')])).toBe('gap');
  });

  test('Asks for the whole message when a piece contradicts what is there', () => {
    expect(partsAfter([delta(0, 'Hello'), delta(0, 'Help')])).toBe('gap');
  });

  test('Starts a new part after a tool was called', () => {
    const events: StreamEvent[] = [delta(0, 'Looking.'), { type: 'tool', messageId: 'a', name: 'search', arguments: '{}' }, delta(0, 'Found.')];
    expect(partsAfter(events)).toEqual([
      { type: 'text', text: 'Looking.' },
      { type: 'tool', name: 'search', arguments: '{}' },
      { type: 'text', text: 'Found.' },
    ]);
    expect(partsAfter([...events, ...events])).toEqual(partsAfter(events));
  });

  test('Leaves other messages alone and keeps identity when nothing changed', () => {
    expect(applyStreamEvent(empty, { type: 'delta', messageId: 'b', offset: 0, text: 'x' })).toBe(empty);
    const grown = run([delta(0, 'Hello')]) as Message;
    expect(applyStreamEvent(grown, delta(0, 'Hell'))).toBe(grown);
  });
});

describe('Tools', () => {
  test('Joins a result to its call, once', () => {
    const call: StreamEvent = { type: 'tool', messageId: 'a', name: 'clock', arguments: '{"zone":"UTC"}' };
    const result: StreamEvent = { type: 'tool', messageId: 'a', name: 'clock', result: '09:00' };
    expect(partsAfter([call, { ...result, name: '' }])).toEqual([{ type: 'tool', name: 'clock', arguments: '{"zone":"UTC"}', result: '09:00' }]);
    expect(partsAfter([call, result, call, result])).toEqual([{ type: 'tool', name: 'clock', arguments: '{"zone":"UTC"}', result: '09:00' }]);
  });
});

describe('Whole messages', () => {
  test('Keep the siblings that are known, since a stream knows only its own answer', () => {
    const second: Message = { ...empty, siblings: ['first', 'a'] };
    expect(run([{ type: 'done', message: { ...empty, status: 'complete', siblings: [] } }], second)).toMatchObject({ status: 'complete', siblings: ['first', 'a'] });
  });

  const finished: Message = { ...empty, status: 'complete', parts: [{ type: 'text', text: 'All of it' }] };

  test('A snapshot replaces everything, and text goes on after it', () => {
    expect(partsAfter([delta(0, 'Stale'), { type: 'snapshot', message: { ...finished, status: 'streaming' } }, delta(9, '.')])).toEqual([{ type: 'text', text: 'All of it.' }]);
  });

  test('Done and error settle the message and are the last', () => {
    expect(run([delta(0, 'All'), { type: 'done', message: finished }])).toEqual(finished);
    const failed = { ...finished, status: 'failed' as const };
    expect(run([{ type: 'error', code: 'key-refused', title: 'Refused.', message: failed }])).toEqual({ ...failed, error: { code: 'key-refused', title: 'Refused.' } });
    expect(isLast({ type: 'done', message: finished })).toBe(true);
    expect(isLast({ type: 'restarting' })).toBe(false);
  });

  test('Another message never replaces this one', () => {
    expect(applyStreamEvent(empty, { type: 'done', message: { ...finished, id: 'b' } })).toBe(empty);
  });

  test('Usage counts up while it runs', () => {
    const usage = { inputTokens: 10, cachedTokens: 4, outputTokens: 2, reasoningTokens: 0, estimated: true };
    expect(run([{ type: 'usage', messageId: 'a', usage, cost: '0.0012' }])).toMatchObject({ usage, cost: '0.0012' });
  });
});
