import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { copyText } from '@/shared/ui/CopyButton';
import { Note } from '@/shared/ui/Note';
import classes from './Programs.module.css';
import { Snippets } from './Snippets';

/** A new key's secret, which nobody sees again, with a first call that uses it. */
export function NewSecret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const t = useT();
  const phone = useWidth() === 'phone';
  const [copied, setCopied] = useState(false);
  return (
    // Nothing but its own button closes this: what is lost here does not come back.
    <Modal opened onClose={onClose} closeOnClickOutside={false} closeOnEscape={false} title={t('programs.made', { name })} size={620} fullScreen={phone} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <Stack gap="md">
        <Note kind="live">{t('programs.made.text')}</Note>
        <div className={classes.secret}>
          <output aria-label={t('programs.secret')}>{secret}</output>
          <Button data-autofocus onClick={() => void copyText(secret).then(setCopied)}>
            {t(copied ? 'shell.copied' : 'shell.copy')}
          </Button>
        </div>
        <Snippets secret={secret} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
