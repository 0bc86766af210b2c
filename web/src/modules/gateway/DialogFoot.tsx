import { Button, Checkbox } from '@mantine/core';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import type { Purpose } from './ProviderChooser';
import classes from './ProviderDialog.module.css';

interface DialogFootProps {
  purpose: Purpose;
  hide: boolean;
  onHide: (hide: boolean) => void;
  busy: boolean;
  /** Whether the chosen provider takes no keys any more. */
  closed: boolean;
  /** Whether the next step is not yet to save. */
  next: boolean;
  /** Saves a key although its test failed; absent while none has. */
  onSaveAnyway: (() => void) | undefined;
  /** Takes Offline Lite for now; absent when it is chosen. */
  onOffline: (() => void) | undefined;
}

export function DialogFoot({ purpose, hide, onHide, busy, closed, next, onSaveAnyway, onOffline }: DialogFootProps) {
  const t = useT();
  const phone = useWidth() === 'phone';
  const quiet = { variant: phone ? 'default' : 'subtle', color: 'gray' } as const;
  const second = onSaveAnyway ?? (purpose === 'choose' ? onOffline : undefined);
  const secondLabel = onSaveAnyway ? 'gateway.dialog.saveAnyway' : phone ? 'gateway.way.offline' : 'gateway.dialog.offlineNow';
  return (
    <footer className={classes.foot}>
      {purpose === 'choose' && (
        <>
          <Checkbox label={t('gateway.dialog.hide')} checked={hide} onChange={(event) => onHide(event.currentTarget.checked)} />
          {!phone && <span className="at-meta">{t('gateway.dialog.later')}</span>}
        </>
      )}
      <div className={classes.footEnd}>
        {second && (
          <Button {...quiet} onClick={second}>
            {t(secondLabel)}
          </Button>
        )}
        <Button type="submit" loading={busy} disabled={closed}>
          {t(next ? 'gateway.dialog.next' : purpose === 'add' ? 'gateway.add.save' : 'gateway.dialog.save')}
        </Button>
      </div>
    </footer>
  );
}
