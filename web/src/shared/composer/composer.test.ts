import { beforeEach, expect, test } from 'vitest';
import { readDraft, writeDraft } from './drafts';
import { readQueue, writeQueue } from './queue';

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

test('Keeps a draft for each conversation', () => {
  writeDraft('one', 'half a que');
  writeDraft('two', 'another');
  expect([readDraft('one'), readDraft('two'), readDraft('three')]).toEqual(['half a que', 'another', '']);
});

test('Forgets a draft that was emptied or sent', () => {
  writeDraft('one', 'x');
  writeDraft('one', '  \n');
  expect(readDraft('one')).toBe('');
  expect(localStorage.length).toBe(0);
});

test('Keeps queued questions over a reload of the tab, in order and with their ids', () => {
  const queue = [
    { clientId: '1', text: 'first', attachments: [] },
    { clientId: '2', text: 'second', attachments: [{ id: 'a', name: 'kiln.png', mediaType: 'image/png', size: 9 }], model: 'groq/llama' },
  ];
  writeQueue('one', queue);
  expect(readQueue('one')).toEqual(queue);
  expect(readQueue('two')).toEqual([]);
  writeQueue('one', []);
  expect(sessionStorage.length).toBe(0);
});

test.each(['', '{', 'null', '7', '[1,null,{"clientId":1}]'])('Reads a damaged queue as empty: %s', (stored) => {
  sessionStorage.setItem('atrium.queue.one', stored);
  expect(readQueue('one')).toEqual([]);
});
