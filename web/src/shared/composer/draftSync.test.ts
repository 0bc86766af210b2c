import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { draftSync } from './draftSync';

/** What the house keeps, and what a device shows. */
function device(house: { text: string }, text = '') {
  const shown: string[] = [];
  const save = vi.fn((next: string) => {
    house.text = next;
    return Promise.resolve();
  });
  const sync = draftSync('one', { load: () => Promise.resolve(house.text), save }, text, (next) => shown.push(next));
  return { sync, save, shown };
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('finds on a second device what was typed on the first', { meta: { keeps: ['L-081'] } }, async () => {
  const house = { text: '' };
  const desk = device(house);
  desk.sync.change('half a');
  desk.sync.change('half a question');
  await vi.runAllTimersAsync();
  expect(desk.save).toHaveBeenCalledExactlyOnceWith('half a question');

  localStorage.clear();
  const phone = device(house);
  await phone.sync.look();
  expect(phone.shown).toEqual(['half a question']);
  phone.sync.change('half a question, and more');
  await vi.runAllTimersAsync();

  await desk.sync.look();
  expect(desk.shown).toEqual(['half a question, and more']);
});

it('empties the draft everywhere when it is sent', async () => {
  const house = { text: 'sent soon' };
  const desk = device(house);
  await desk.sync.look();
  desk.sync.change('');
  await vi.runAllTimersAsync();
  expect(house.text).toBe('');
});

it('never puts an older text in the place of what is being typed', async () => {
  const house = { text: 'from elsewhere' };
  const desk = device(house);
  const looking = desk.sync.look();
  desk.sync.change('typed meanwhile');
  await looking;
  await vi.runAllTimersAsync();
  expect(desk.shown).toEqual([]);
  expect(house.text).toBe('typed meanwhile');
});

it('brings home what was typed while the house was away', async () => {
  const house = { text: '' };
  const desk = device(house);
  desk.save.mockRejectedValueOnce(new Error('away'));
  desk.sync.change('typed on the train');
  await vi.runAllTimersAsync();
  expect(house.text).toBe('');
  await desk.sync.look();
  await vi.runAllTimersAsync();
  expect(house.text).toBe('typed on the train');
});

it('brings home after a reload what had not arrived before', async () => {
  const house = { text: 'sent long ago' };
  const before = device(house);
  await before.sync.look();
  before.save.mockReturnValueOnce(new Promise(() => {}));
  before.sync.change('');
  await vi.runAllTimersAsync();
  const after = device(house);
  await after.sync.look();
  await vi.runAllTimersAsync();
  expect(after.shown).toEqual([]);
  expect(house.text).toBe('');
});

it('takes up after a reload what it had brought home, and pushes nothing twice', async () => {
  const house = { text: '' };
  const before = device(house);
  before.sync.change('half a');
  await vi.runAllTimersAsync();
  house.text = 'changed on the phone';
  const after = device(house, 'half a');
  await after.sync.look();
  expect(after.shown).toEqual(['changed on the phone']);
  expect(after.save).not.toHaveBeenCalled();
});
