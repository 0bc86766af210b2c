import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Attachment } from '@/api/types';
import { Composer } from './Composer';
import { offerDraft, readDraft } from './drafts';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const field = () => screen.getByRole('textbox', { name: 'Question' });
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });

function open(change: Partial<Parameters<typeof Composer>[0]> = {}) {
  const onSend = vi.fn();
  const onStop = vi.fn();
  const upload = vi.fn((file: File) => Promise.resolve<Attachment>({ id: `id of ${file.name}`, name: file.name, mediaType: file.type, size: file.size }));
  render(<Composer place="here" label="Question" placeholder="Ask" enterSends busy={false} onSend={onSend} onStop={onStop} upload={upload} {...change} />, { wrapper: MantineProvider });
  return { onSend, onStop, upload };
}

test('Enter sends, Shift Enter does not', () => {
  const { onSend } = open();
  type('  Hello ');
  fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
  expect(onSend).not.toHaveBeenCalled();
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onSend).toHaveBeenCalledExactlyOnceWith('Hello', []);
  expect(field()).toHaveProperty('value', '');
});

test('Enter and Shift Enter change places for whoever prefers it; Ctrl Enter sends for everybody', () => {
  const { onSend } = open({ enterSends: false });
  type('Hello');
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onSend).not.toHaveBeenCalled();
  fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
  type('Again');
  fireEvent.keyDown(field(), { key: 'Enter', ctrlKey: true });
  expect(onSend.mock.calls.map(([text]) => text as string)).toEqual(['Hello', 'Again']);
});

test('Enter that ends the composing of a word does not send', () => {
  const { onSend } = open();
  type('にほん');
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
  expect(onSend).not.toHaveBeenCalled();
});

test('Sends nothing that is empty', () => {
  const { onSend } = open();
  type('  \n ');
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onSend).not.toHaveBeenCalled();
});

test('Stop stands in the place of Send while an answer runs, and what is written can be queued', () => {
  const { onSend, onStop } = open({ busy: true });
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: /^Stop/ }));
  expect(onStop).toHaveBeenCalledOnce();
  type('Next');
  fireEvent.click(screen.getByRole('button', { name: 'Send when this answer ends' }));
  expect(onSend).toHaveBeenCalledExactlyOnceWith('Next', []);
});

test('Keeps a draft and takes it up again', () => {
  open();
  type('half a');
  expect(readDraft('here')).toBe('half a');
  cleanup();
  open();
  expect(field()).toHaveProperty('value', 'half a');
  act(() => offerDraft('here', 'from elsewhere'));
  expect(field()).toHaveProperty('value', 'from elsewhere');
});

test('The up arrow changes the last question only while the field is empty', () => {
  const onEditLast = vi.fn();
  open({ onEditLast });
  type('x');
  fireEvent.keyDown(field(), { key: 'ArrowUp' });
  expect(onEditLast).not.toHaveBeenCalled();
  type('');
  fireEvent.keyDown(field(), { key: 'ArrowUp' });
  expect(onEditLast).toHaveBeenCalledOnce();
});

test('Uploads a pasted picture and sends it along once it is there', async () => {
  const { onSend, upload } = open();
  const picture = new File(['x'], 'kiln.png', { type: 'image/png' });
  fireEvent.paste(field(), { clipboardData: { files: [picture] } });
  expect(upload).toHaveBeenCalledExactlyOnceWith(picture);
  await waitFor(() => expect(screen.queryByText('Uploading')).toBeNull());
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onSend).toHaveBeenCalledExactlyOnceWith('', [{ id: 'id of kiln.png', name: 'kiln.png', mediaType: 'image/png', size: 1 }]);
});

test('A file that was refused says why and can be taken back', async () => {
  const { onSend } = open({ upload: () => Promise.reject(new Error('no')) });
  fireEvent.paste(field(), { clipboardData: { files: [new File(['x'], 'a.zip')] } });
  await screen.findByRole('alert');
  type('Hello');
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onSend).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Remove a.zip' }));
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onSend).toHaveBeenCalledOnce();
});
