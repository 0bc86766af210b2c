import { describe, expect, it } from 'vitest';
import { arrange, matches, type Command, type Entry } from './arrange';

const entry = (title: string): Entry => ({ id: title, title, run: () => undefined });
const ask: Command = { ...entry('Ask Diszi'), kind: 'do', made: true };
const theme: Command = { ...entry('Night colours'), kind: 'do' };
const settings: Command = { ...entry('Cài đặt'), kind: 'go' };

describe('the palette', () => {
  it('shows only what matches, in the order found, do, go', () => {
    const groups = arrange([entry('Night shift')], [settings, theme], 'night');
    expect(groups.map(({ name }) => name)).toEqual(['palette.found', 'palette.do']);
  });

  it('leads with asking when the query is a question, and only then', () => {
    expect(arrange([entry('Cooling')], [ask], 'how slow must it cool?')[0]?.name).toBe('palette.do');
    expect(arrange([entry('Cooling')], [ask], 'cooling')[0]?.name).toBe('palette.found');
  });

  it('finds words by their beginnings, whatever their order and accents', () => {
    expect(matches('Settings, General, API Provider', 'prov set')).toBe(true);
    expect(matches('Cài đặt', 'cai dat')).toBe(true);
    expect(matches('Settings', 'ttings')).toBe(false);
  });

  it('calls things recent as long as nothing is typed', () => {
    expect(arrange([entry('Cooling')], [], '')[0]?.name).toBe('palette.recent');
  });
});
