import { Switch } from '@mantine/core';
import { useState } from 'react';
import type { MessageKey } from '@/shared/i18n/messages';
import { useT } from '@/shared/i18n/language';
import { askForNotices, noticePermission, type NoticePermission } from '@/shared/notify/systemNotice';
import { useMe, useSavePreferences } from '@/shared/session/queries';
import { SettingRow } from '@/shared/ui/SettingRow';

const texts: Readonly<Record<NoticePermission, MessageKey>> = {
  ask: 'accounts.notices.ask',
  allowed: 'accounts.notices.allowed',
  refused: 'accounts.notices.refused',
  never: 'accounts.notices.never',
};

/** Whether to be told of a long answer while the page is hidden. The browser is asked when the switch is turned on, not before. */
export function NoticeRow() {
  const t = useT();
  const { preferences } = useMe();
  const save = useSavePreferences();
  const [permission, setPermission] = useState(noticePermission);
  const possible = permission === 'ask' || permission === 'allowed';

  const change = async (on: boolean) => {
    const now = on ? await askForNotices() : permission;
    setPermission(now);
    save.mutate({ notify: on && now === 'allowed' });
  };

  return (
    <SettingRow title={t('accounts.notices')} text={t(texts[permission])}>
      <Switch size="md" aria-label={t('accounts.notices')} disabled={!possible} checked={preferences.notify && permission === 'allowed'} onChange={(event) => void change(event.currentTarget.checked)} />
    </SettingRow>
  );
}
