import { Button, Group, Modal, Stack } from '@mantine/core';
import type { HouseGroup } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { Note } from '@/shared/ui/Note';
import { useDissolveGroup } from './queries';

/** A dissolved group does not come back, so this asks first. */
export function DissolveDialog({ group, onClose }: { group: HouseGroup; onClose: () => void }) {
  const t = useT();
  const text = useProblemText();
  const dissolve = useDissolveGroup();
  const confirm = () =>
    dissolve.mutate(group.id, {
      onSuccess: () => {
        notify(t('accounts.groups.dissolved', { name: group.name }));
        onClose();
      },
    });
  return (
    <Modal opened onClose={onClose} centered title={t('accounts.groups.dissolve.title', { name: group.name })} closeButtonProps={{ 'aria-label': t('shell.dismiss') }}>
      <Stack gap="md">
        <p>{t('accounts.groups.dissolve.text', { count: group.members })}</p>
        {dissolve.isError && (
          <Note kind="bad" role="alert">
            {text(dissolve.error)}
          </Note>
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('accounts.groups.keep')}
          </Button>
          <Button color="brick" loading={dissolve.isPending} onClick={confirm}>
            {t('accounts.groups.dissolve')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
