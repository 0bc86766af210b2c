import { ChatCenteredTextIcon } from '@phosphor-icons/react/dist/csr/ChatCenteredText';
import { offerDraft } from '@/shared/composer/drafts';
import type { AppModule } from '@/shared/modules/appModule';
import { prefetchAssistant } from './prefetchAssistant';

export const assistantModule: AppModule = {
  id: 'assistant',
  name: 'assistant.name',
  icon: ChatCenteredTextIcon,
  colour: 'var(--at-app-assistant)',
  path: '/assistant',
  key: 'a',
  ask: (question) => {
    offerDraft('new', question);
    return '/assistant';
  },
  prefetch: prefetchAssistant,
  find: async (query, signal) => (await import('./findConversations')).findConversations(query, signal),
};
