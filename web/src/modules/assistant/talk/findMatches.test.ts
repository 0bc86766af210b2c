import { expect, test } from 'vitest';
import type { Message } from '@/api/types';
import { findMatches } from './findMatches';

const message = (id: string, text: string): Message => ({ id, role: 'user', parts: [{ type: 'text', text }], siblings: [id], status: 'complete', createdAt: '2026-11-20T09:00:00Z' });
const messages = [message('a', 'Un Café, por favor'), message('b', 'Lò đang nguội'), message('c', 'cafeteria')];

test('Finds words whatever their case and accents', () => {
  expect(findMatches(messages, 'CAFE')).toEqual(['a', 'c']);
  expect(findMatches(messages, 'dang nguoi')).toEqual(['b']);
  expect(findMatches(messages, 'café')).toEqual(['a', 'c']);
});

test('Finds nothing for nothing', () => {
  expect(findMatches(messages, '  ')).toEqual([]);
  expect(findMatches(messages, 'kiln')).toEqual([]);
});
