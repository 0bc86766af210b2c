import { Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { Note } from '@/shared/ui/Note';
import classes from './ProviderDialog.module.css';
import { ProviderChooser, type Purpose } from './ProviderChooser';
import { choiceQuery, keysQuery, providersQuery } from './queries';

interface ProviderDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** "Who should answer?": the ways, the providers, the fields of one of them. */
export const ProviderDialog = (props: ProviderDialogProps) => <Frame {...props} purpose="choose" />;

/** The same providers and fields, to seal one more key without changing who answers. */
export const KeyDialog = (props: ProviderDialogProps) => <Frame {...props} purpose="add" />;

function Frame({ opened, onClose, purpose }: ProviderDialogProps & { purpose: Purpose }) {
  const t = useT();
  const phone = useWidth() === 'phone';
  return (
    <Modal.Root opened={opened} onClose={onClose} size={1084} fullScreen={phone} radius={phone ? 0 : 'xl'} padding={0} centered classNames={{ content: classes.content }}>
      <Modal.Overlay color="var(--at-scrim)" backgroundOpacity={1} />
      <Modal.Content aria-label={t(`gateway.${purpose}.title`)}>
        <Loaded onClose={onClose} purpose={purpose} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Loaded({ onClose, purpose }: { onClose: () => void; purpose: Purpose }) {
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
  return <ProviderChooser providers={providers.data} choice={choice.data} keys={keys.data} purpose={purpose} onClose={onClose} />;
}
