import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ApiKey } from '@/api/money';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { Note } from '@/shared/ui/Note';
import { useRevokeKey } from './queries';

/** A revoked key does not come back, so this asks first. */
export function RevokeDialog({ item, onClose }: { item: ApiKey; onClose: () => void }) {
  const t = useT();
  const text = useProblemText();
  const revoke = useRevokeKey();
  const confirm = () =>
    revoke.mutate(item.id, {
      onSuccess: () => {
        notify(t('programs.revoked', { name: item.name }));
        onClose();
      },
    });
  return (
    <Modal opened onClose={onClose} centered title={t('programs.revoke.title', { name: item.name })} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <Stack gap="md">
        <p>{t('programs.revoke.text')}</p>
        {revoke.isError && (
          <Note kind="bad" role="alert">
            {text(revoke.error)}
          </Note>
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('programs.keep')}
          </Button>
          <Button color="brick" loading={revoke.isPending} onClick={confirm}>
            {t('programs.revoke.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
