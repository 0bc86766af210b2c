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
      { keys: ['G', 'M'], does: 'keys.goCosts' },
      { keys: ['G', 'S'], does: 'keys.goSettings' },
      { keys: ['G', 'P'], does: 'keys.goProvider' },
      { keys: ['/'], does: 'keys.filter' },
      { keys: ['Alt', '↑'], does: 'keys.previous' },
      { keys: ['Alt', '↓'], does: 'keys.next' },
      { keys: ['F6'], does: 'keys.pane' },
      { keys: ['Ctrl', '.'], does: 'keys.context' },
      { keys: ['Ctrl', 'F'], does: 'keys.find' },
      { keys: ['Ctrl', 'Z'], does: 'keys.undo' },
      { keys: ['?'], does: 'keys.help' },
    ],
  },
  {
    name: 'keys.composer',
    keys: [
      { keys: ['Enter'], does: 'keys.send' },
      { keys: ['Shift', 'Enter'], does: 'keys.newLine' },
      { keys: ['Ctrl', 'Enter'], does: 'keys.sendAlways' },
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
      { keys: ['B'], does: 'keys.branch' },
      { keys: ['↑'], does: 'keys.messageAbove' },
      { keys: ['↓'], does: 'keys.messageBelow' },
    ],
  },
  {
    name: 'keys.list',
    keys: [
      { keys: ['F2'], does: 'keys.rename' },
      { keys: ['Del'], does: 'keys.delete' },
    ],
  },
];

const apple = /Macintosh|iPhone|iPad/.test(navigator.userAgent);

/** A key's name on this machine. */
export const keyName = (key: string): string => (apple && key === 'Ctrl' ? '⌘' : apple && key === 'Alt' ? '⌥' : key);
