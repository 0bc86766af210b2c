import { useParams } from '@tanstack/react-router';
import { useT } from '@/shared/i18n/language';
import { AppLayout } from '@/shared/shell/AppLayout';
import { Bar } from '@/shared/shell/Bar';

export function AssistantPage() {
  const t = useT();
  const { conversationId } = useParams({ strict: false });
  return (
    <AppLayout list={<h2>{t('assistant.name')}</h2>} listLabel={t('assistant.conversations')} phone={conversationId === undefined ? 'list' : 'main'}>
      <Bar title={t('assistant.new')} back="/assistant" />
    </AppLayout>
  );
}
