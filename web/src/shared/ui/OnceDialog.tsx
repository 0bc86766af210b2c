import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { copyText } from './CopyButton';
import classes from './OnceDialog.module.css';

interface OnceDialogProps {
  title: string;
  text: string;
  /** What is shown now and never again. */
  secret: string;
  onClose: () => void;
}

/** Shows a link or key the only time it can be seen. */
export function OnceDialog({ title, text, secret, onClose }: OnceDialogProps) {
  const t = useT();
  const phone = useWidth() === 'phone';
  const [copied, setCopied] = useState(false);
  return (
    <Modal opened onClose={onClose} title={title} size={520} fullScreen={phone} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <Stack gap="md">
        <p>{text}</p>
        <output className={classes.secret}>{secret}</output>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell.done')}
          </Button>
          <Button data-autofocus onClick={() => void copyText(secret).then(setCopied)}>
            {t(copied ? 'shell.copied' : 'shell.copy')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
