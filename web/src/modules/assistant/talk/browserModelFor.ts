import type { QueryClient } from '@tanstack/react-query';
import { conversationQuery } from '@/modules/assistant/api';
import { computerModelOf, contextOf } from '@/shared/ollama/ollama';
import type { BrowserModel } from './browserAnswers';

/**
 * The model of this computer that is to answer: the one named, else the conversation's; undefined when the house answers.
 * @throws OllamaProblem when it cannot be asked.
 */
export async function browserModelFor(client: QueryClient, conversationId: string, named: string | undefined): Promise<BrowserModel | undefined> {
  const model = computerModelOf(named ?? (await client.query({ ...conversationQuery(conversationId), staleTime: 'static' })).model);
  return model === undefined ? undefined : { model, contextTokens: await contextOf(model) };
}
