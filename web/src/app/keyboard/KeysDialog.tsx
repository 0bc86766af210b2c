import { Modal } from '@mantine/core';
import { useT } from '@/shared/i18n/language';
import { KeyTable } from './KeyTable';

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} size={760} title={t('shell.allKeys')} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <KeyTable />
    </Modal>
  );
}
