import { expect, test } from 'vitest';
import type { Model } from '@/api/types';
import { findModels } from './findModels';

const model = (id: string, providerName: string): Model => ({ id, provider: id.split('/')[0] ?? '', providerName, model: id.split('/')[1] ?? '', vision: false, tools: false, reasoning: false, priceUnverified: false });
const models = [model('openai/gpt-5', 'OpenAI'), model('openai/gpt-5-mini', 'OpenAI'), model('anthropic/claude-sonnet-5', 'Anthropic')];

const found = (search: string) => findModels(models, search).map((group) => `${group.providerName}: ${group.models.map((one) => one.model).join(', ')}`);

test('Groups models by provider', () => {
  expect(found('')).toEqual(['OpenAI: gpt-5, gpt-5-mini', 'Anthropic: claude-sonnet-5']);
});

test('Finds by every word of the search, in model and provider', () => {
  expect(found('MINI open')).toEqual(['OpenAI: gpt-5-mini']);
  expect(found('anthropic')).toEqual(['Anthropic: claude-sonnet-5']);
  expect(found('gpt sonnet')).toEqual([]);
});
