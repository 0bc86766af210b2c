import { useMantineColorScheme } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useT } from '@/shared/i18n/language';
import { useMe } from '@/shared/session/queries';
import { useWidth } from '@/shared/shell/useWidth';
import { useHouseKeys } from '@/app/keyboard/useHouseKeys';
import { Banners } from './Banners';
import { LimitNotices } from './CostsLink';
import { Dialogs } from './Dialogs';
import { PhoneTabs } from './PhoneTabs';
import { Rail } from './Rail';
import classes from './Shell.module.css';
import { useProviderPrompt } from './useProviderPrompt';

export function Shell() {
  const t = useT();
  const phone = useWidth() === 'phone';
  const { preferences } = useMe();
  const { setColorScheme } = useMantineColorScheme();
  useHouseKeys();
  useProviderPrompt();

  useEffect(() => setColorScheme(preferences.theme), [preferences.theme, setColorScheme]);

  return (
    <div className={classes.house}>
      {!phone && (
        <a href="#main" className={classes.skip}>
          {t('shell.skip')}
        </a>
      )}
      <Banners />
      <div className={classes.shell}>
        {!phone && <Rail />}
        <Outlet />
      </div>
      {phone && <PhoneTabs />}
      <Dialogs />
      <LimitNotices />
    </div>
  );
}
