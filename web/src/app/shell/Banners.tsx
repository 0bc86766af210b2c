import { UnstyledButton } from '@mantine/core';
import { LockSimpleIcon } from '@phosphor-icons/react/dist/csr/LockSimple';
import { MegaphoneIcon } from '@phosphor-icons/react/dist/csr/Megaphone';
import { WarningIcon } from '@phosphor-icons/react/dist/csr/Warning';
import { WifiSlashIcon } from '@phosphor-icons/react/dist/csr/WifiSlash';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { lookAgain, useConnection } from '@/shared/http/connection';
import { useT } from '@/shared/i18n/language';
import type { MessageKey } from '@/shared/i18n/messages';
import { noticesQuery } from '@/shared/session/notices';
import { houseQuery } from '@/shared/session/queries';
import { useAfter } from '@/shared/ui/useAfter';
import classes from './Banners.module.css';
import { useRetry } from './useRetry';

const sentences: Readonly<Record<string, MessageKey>> = {
  'limits-off': 'shell.banner.limitsOff',
  'insecure-http': 'shell.banner.insecureHttp',
};

/** One line above everything: what is true of the whole house, or that it does not answer. Not to be dismissed. */
export function Banners() {
  const t = useT();
  const lost = useConnection((connection) => connection.lost);
  const banners = useSuspenseQuery(houseQuery).data.banners.filter((code) => code in sentences);
  const { announcement, readOnly } = useQuery({ ...noticesQuery, enabled: useAfter(500) }).data ?? {};
  if (banners.length === 0 && !lost && !announcement && !readOnly) return null;
  return (
    <aside aria-label={t('shell.banners')}>
      {banners.map((code) => (
        <p key={code} className={classes.banner}>
          <WarningIcon size={16} weight="fill" aria-hidden />
          {sentences[code] && t(sentences[code])}
        </p>
      ))}
      {readOnly && (
        <p className={classes.banner}>
          <LockSimpleIcon size={16} weight="fill" aria-hidden />
          <span>
            {t('shell.banner.readOnly')} <span dir="auto">{readOnly.reason}</span>
          </span>
        </p>
      )}
      {announcement && (
        <p className={classes.banner} data-tone={announcement.tone}>
          <MegaphoneIcon size={16} weight="fill" aria-hidden />
          <span dir="auto" className={classes.words}>
            {announcement.text}
          </span>
        </p>
      )}
      {lost && <ConnectionBanner />}
    </aside>
  );
}

function ConnectionBanner() {
  const t = useT();
  const client = useQueryClient();
  const { seconds, tryNow } = useRetry(async () => {
    if (await lookAgain()) await client.invalidateQueries();
  });
  return (
    <p className={classes.banner}>
      <WifiSlashIcon size={16} weight="bold" aria-hidden />
      <span role="status">{t('shell.offline.title')}.</span>
      <span aria-hidden="true">{t('shell.offline.again', { count: seconds })}</span>
      <UnstyledButton className={classes.now} onClick={tryNow}>
        {t('shell.offline.now')}
      </UnstyledButton>
    </p>
  );
}
