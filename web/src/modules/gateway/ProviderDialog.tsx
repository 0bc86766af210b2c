import { Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import classes from './ProviderDialog.module.css';
import { ProviderChooser } from './ProviderChooser';
import { choiceQuery, keysQuery, providersQuery } from './queries';

/** "Who should answer?": the ways, the providers, the fields of one of them. */
export function ProviderDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  const phone = useWidth() === 'phone';
  return (
    <Modal.Root opened={opened} onClose={onClose} size={1084} fullScreen={phone} padding={0} centered>
      <Modal.Overlay />
      <Modal.Content className={classes.content} aria-label={t('gateway.dialog.title')}>
        <Loaded onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Loaded({ onClose }: { onClose: () => void }) {
  const text = useProblemText();
  const providers = useQuery(providersQuery);
  const choice = useQuery(choiceQuery);
  const keys = useQuery(keysQuery);
  const failed = providers.error ?? choice.error ?? keys.error;
  if (failed) {
    return (
      <div className={classes.waiting}>
        <Note kind="bad">{text(failed)}</Note>
      </div>
    );
  }
  if (!providers.data || !choice.data || !keys.data) {
    return (
      <div className={classes.waiting}>
        <Skeleton height={34} width="40%" />
        <Skeleton height={64} mt="md" radius="lg" />
        <Skeleton height={420} mt="md" radius="lg" />
      </div>
    );
  }
  return <ProviderChooser providers={providers.data} choice={choice.data} keys={keys.data} onClose={onClose} />;
}
