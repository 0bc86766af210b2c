import { describe, expect, it } from 'vitest';
import { languages, safeModel, snippet } from './snippets';

describe.each(languages)('the first call with %s', (language) => {
  const text = snippet(language, 'http://house.test', 'atr_secret', 'openai/gpt-sim');

  it('has the address, the key and the model in it', () => {
    expect(text).toContain(language === 'anthropic' ? '"http://house.test"' : 'http://house.test/v1');
    expect(text).toContain('atr_secret');
    expect(text).toContain('openai/gpt-sim');
  });

  it('never puts the key into an address', () => {
    expect(text).not.toMatch(/[?&]\S*atr_secret/);
  });
});

it('lets no name of a model write a part of the program', () => {
  expect(safeModel('openai/gpt-5.4-mini:free@eu')).toBe('openai/gpt-5.4-mini:free@eu');
  for (const hostile of [`x"; import os #`, "x'", 'x\n', '$(id)', undefined]) expect(safeModel(hostile)).toBe('openai/gpt-5.4-mini');
});
