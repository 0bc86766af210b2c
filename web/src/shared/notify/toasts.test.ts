import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dismiss, notify, undo, undoLatest, useToasts, type Toast } from './toasts';

const shown = () => useToasts.getState().shown;
const latest = () => shown().at(-1) as Toast;

describe('a notice with an undo', () => {
  beforeEach(() => useToasts.setState({ shown: [] }));

  it('undoes, and then is not final any more', () => {
    const gone = vi.fn();
    const back = vi.fn();
    notify('Key deleted', { undo: back, gone });
    const toast = latest();
    undo(toast);
    dismiss(toast);
    expect(back).toHaveBeenCalledOnce();
    expect(gone).not.toHaveBeenCalled();
  });

  it('is final once, however often it is dismissed', () => {
    const gone = vi.fn();
    notify('Key deleted', { undo: vi.fn(), gone });
    const toast = latest();
    dismiss(toast);
    dismiss(toast);
    undo(toast);
    expect(gone).toHaveBeenCalledOnce();
    expect(toast.undo).not.toHaveBeenCalled();
  });

  it('is final when newer notices push it out', () => {
    const gone = vi.fn();
    notify('first', { undo: vi.fn(), gone });
    for (const text of ['second', 'third', 'fourth']) notify(text);
    expect(gone).toHaveBeenCalledOnce();
    expect(shown().map(({ text }) => text)).toEqual(['second', 'third', 'fourth']);
  });

  it('is final when the page is left', () => {
    const gone = vi.fn();
    notify('Key deleted', { undo: vi.fn(), gone });
    window.dispatchEvent(new Event('pagehide'));
    expect(gone).toHaveBeenCalledOnce();
  });

  it('undoes the newest that can be undone', () => {
    const back = vi.fn();
    notify('Key deleted', { undo: back });
    notify('Saved');
    expect(undoLatest()).toBe(true);
    expect(back).toHaveBeenCalledOnce();
    expect(undoLatest()).toBe(false);
  });
});
