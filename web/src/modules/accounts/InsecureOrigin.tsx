import { Button, Collapse } from '@mantine/core';
import { LockOpenIcon } from '@phosphor-icons/react/dist/csr/LockOpen';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import classes from './InsecureOrigin.module.css';

/** On plain http away from this machine the browser drops the cookie: why, and the ways out. */
export function InsecureOrigin() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const secure = `https://${window.location.host}${window.location.pathname}`;
  return (
    <div className={classes.place}>
      <Note
        kind="live"
        icon={LockOpenIcon}
        title={t('accounts.insecure.title')}
        actions={
          <>
            <Button component="a" href={secure} variant="default" size="xs">
              {t('accounts.insecure.https')}
            </Button>
            <Button variant="subtle" color="gray" size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('accounts.insecure.ways')}
            </Button>
          </>
        }
      >
        {t('accounts.insecure.text', { origin: window.location.origin })}
        <Collapse expanded={open}>
          <ol className={classes.ways}>
            <li>{t('accounts.insecure.proxy')}</li>
            <li>
              {t('accounts.insecure.ca')} <code className="at-mono">./atrium run --https</code>
            </li>
            <li>
              {t('accounts.insecure.allow')} <code className="at-mono">ALLOW_INSECURE_HTTP=true</code>
            </li>
          </ol>
        </Collapse>
      </Note>
    </div>
  );
}
