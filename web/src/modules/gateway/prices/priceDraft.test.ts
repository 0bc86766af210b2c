import { describe, expect, it } from 'vitest';
import { draftOf, toPrice, wrongPriceFields } from './priceDraft';

const empty = draftOf({ provider: 'openai', model: 'gpt-sim' }, '2026-12-01');

describe('a price that is typed', () => {
  it('needs what text costs both ways, or what a picture or a call costs', () => {
    expect(wrongPriceFields(empty)).toEqual(['input', 'output']);
    expect(wrongPriceFields({ ...empty, input: '1' })).toEqual(['output']);
    expect(wrongPriceFields({ ...empty, input: '1', output: '2' })).toEqual([]);
    expect(wrongPriceFields({ ...empty, image: '0.04' })).toEqual([]);
  });

  it('may be nothing, and is never less', () => {
    expect(wrongPriceFields({ ...empty, input: '0', output: '0' })).toEqual([]);
    expect(wrongPriceFields({ ...empty, input: '-1', output: '2' })).toEqual(['input']);
    expect(wrongPriceFields({ ...empty, input: '1', output: '2', cached: 'free' })).toEqual(['cached']);
  });

  it('is whole for long context, or has none', () => {
    expect(wrongPriceFields({ ...empty, input: '1', output: '2', above: '200000' })).toEqual(['longInput', 'longOutput']);
    expect(wrongPriceFields({ ...empty, input: '1', output: '2', longCached: '0.1' })).toEqual(['above', 'longInput', 'longOutput']);
    expect(wrongPriceFields({ ...empty, input: '1', output: '2', above: 'many', longInput: '2', longOutput: '4' })).toEqual(['above']);
  });

  it('sends what is set and nothing else', () => {
    expect(toPrice({ ...empty, input: '1,25', output: '10' })).toEqual({ provider: 'openai', model: 'gpt-sim', from: '2026-12-01', input: '1.25', output: '10' });
    expect(toPrice({ ...empty, input: '1', output: '2', above: '200000', longInput: '2', longOutput: '4' }).longContext).toEqual({ above: 200_000, input: '2', output: '4' });
  });

  it('begins as the price that is changed', () => {
    const price = { provider: 'google', model: 'gemini', input: '1.25', output: '10', cached: '0.31', longContext: { above: 200_000, input: '2.5', output: '15' }, source: 'built-in' as const, unverified: false };
    expect(toPrice(draftOf(price, '2026-12-01'))).toEqual({ provider: 'google', model: 'gemini', from: '2026-12-01', input: '1.25', output: '10', cached: '0.31', longContext: { above: 200_000, input: '2.5', output: '15' } });
  });
});
