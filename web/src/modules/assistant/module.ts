import { ChatCenteredTextIcon } from '@phosphor-icons/react/dist/csr/ChatCenteredText';
import { offerDraft } from '@/shared/composer/drafts';
import type { AppModule } from '@/shared/modules/appModule';

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
  find: async (query, signal) => (await import('./findConversations')).findConversations(query, signal),
};
