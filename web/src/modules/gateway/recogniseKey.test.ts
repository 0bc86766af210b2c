import { describe, expect, it } from 'vitest';
import { looksLikeKey, recogniseKey } from './recogniseKey';

const provider = (id: string, keyPrefixes: string[], keyPattern: string | null = null, status: 'active' | 'closed' = 'active') => ({ id, keyPrefixes, keyPattern, status });

const providers = [
  provider('openai', ['sk-proj-', 'sk-'], '^sk-(?:proj-[A-Za-z0-9_-]*|[A-Za-z0-9]*)T3BlbkFJ[A-Za-z0-9_-]+$'),
  provider('anthropic', ['sk-ant-'], '^sk-ant-api03-[A-Za-z0-9_-]{20,}$'),
  provider('openrouter', ['sk-or-v1-'], '^sk-or-v1-[0-9a-f]{64}$'),
  provider('deepseek', ['sk-'], '^sk-[0-9a-f]{32}$'),
  provider('groq', ['gsk_']),
  provider('mistral', []),
  provider('broken', ['brk_'], '^brk_('),
  provider('gone', ['old_'], null, 'closed'),
];

describe('a pasted key', () => {
  it.each([
    ['openai', 'sk-proj-Ab3dEf6hT3BlbkFJxyz123456789'],
    ['anthropic', 'sk-ant-api03-A1b2C3d4E5f6G7h8I9j0K1'],
    ['openrouter', `sk-or-v1-${'0a'.repeat(32)}`],
    ['deepseek', `sk-${'0a'.repeat(16)}`],
    ['groq', 'gsk_A1b2C3d4E5f6G7h8I9j0'],
    ['broken', 'brk_A1b2C3d4E5f6G7h8I9j0'],
  ])('is one of %s', (id, key) => {
    expect(recogniseKey(providers, key)).toBe(id);
    expect(recogniseKey(providers, `  ${key}\n`)).toBe(id);
  });

  it('is nobody’s when two providers fit equally well', () => {
    expect(recogniseKey(providers, 'sk-Zz9Zz9Zz9Zz9Zz9Zz9Zz9')).toBeNull();
  });

  it('is nobody’s when no provider starts a key so', () => {
    expect(recogniseKey(providers, 'A1b2C3d4E5f6G7h8I9j0K1L2')).toBeNull();
  });

  it('is never one of a service that has closed', () => {
    expect(recogniseKey(providers, 'old_A1b2C3d4E5f6G7h8I9j0')).toBeNull();
  });
});

describe('a text in the search', () => {
  it.each(['open', 'Azure OpenAI', 'many models, one key', 'https://api.example.com/v1/keys/1', 'supercalifragilisticexpialidocious'])('is no key: %s', (text) => {
    expect(looksLikeKey(text)).toBe(false);
  });
});
