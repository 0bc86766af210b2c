import { ChatCenteredTextIcon } from '@phosphor-icons/react/dist/csr/ChatCenteredText';
import type { AppModule } from '@/shared/modules/appModule';

export const assistantModule: AppModule = {
  id: 'assistant',
  name: 'assistant.name',
  icon: ChatCenteredTextIcon,
  colour: 'var(--at-app-assistant)',
  path: '/assistant',
  key: 'a',
};
