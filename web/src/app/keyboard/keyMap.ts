import type { MessageKey } from '@/shared/i18n/messages';

export interface KeyGroup {
  name: MessageKey;
  keys: readonly { keys: readonly string[]; does: MessageKey }[];
}

/** Every key of the house, as the dialog and the settings page show them. Ctrl stands for ⌘ on a Mac. */
export const keyMap: readonly KeyGroup[] = [
  {
    name: 'keys.anywhere',
    keys: [
      { keys: ['Ctrl', 'K'], does: 'keys.palette' },
      { keys: ['G', 'A'], does: 'keys.goAssistant' },
      { keys: ['G', 'S'], does: 'keys.goSettings' },
      { keys: ['G', 'P'], does: 'keys.goProvider' },
      { keys: ['/'], does: 'keys.filter' },
      { keys: ['Alt', '↑'], does: 'keys.previous' },
      { keys: ['Alt', '↓'], does: 'keys.next' },
      { keys: ['F6'], does: 'keys.pane' },
      { keys: ['Ctrl', '.'], does: 'keys.context' },
      { keys: ['Ctrl', 'Z'], does: 'keys.undo' },
      { keys: ['?'], does: 'keys.help' },
    ],
  },
  {
    name: 'keys.composer',
    keys: [
      { keys: ['Enter'], does: 'keys.send' },
      { keys: ['Shift', 'Enter'], does: 'keys.newLine' },
      { keys: ['↑'], does: 'keys.editLast' },
      { keys: ['Esc'], does: 'keys.stop' },
    ],
  },
  {
    name: 'keys.message',
    keys: [
      { keys: ['C'], does: 'keys.copy' },
      { keys: ['E'], does: 'keys.edit' },
      { keys: ['R'], does: 'keys.again' },
    ],
  },
];

const apple = /Macintosh|iPhone|iPad/.test(navigator.userAgent);

/** A key's name on this machine. */
export const keyName = (key: string): string => (apple && key === 'Ctrl' ? '⌘' : apple && key === 'Alt' ? '⌥' : key);
