import { ActionIcon } from '@mantine/core';
import { ArrowLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowLeft';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import type { Purpose } from './ProviderChooser';
import classes from './ProviderDialog.module.css';

interface DialogHeadProps {
  purpose: Purpose;
  /** On phones, from the fields back to the list. */
  onBack: (() => void) | undefined;
  onClose: () => void;
}

export function DialogHead({ purpose, onBack, onClose }: DialogHeadProps) {
  const t = useT();
  const phone = useWidth() === 'phone';
  if (onBack) {
    return (
      <header className={classes.stepBar}>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('shell.back')} onClick={onBack}>
          <ArrowLeftIcon size={19} />
        </ActionIcon>
        <h1>{t(`gateway.${purpose}.title`)}</h1>
        <span className="at-meta">{t('gateway.dialog.step', { step: 2, of: 2 })}</span>
      </header>
    );
  }
  return (
    <header className={classes.head} data-purpose={purpose}>
      <h1>{t(`gateway.${purpose}.title`)}</h1>
      <p>{t(`gateway.${purpose}.text`)}</p>
      <ActionIcon className={classes.close} variant="subtle" color="gray" size={phone ? 44 : 34} aria-label={t('gateway.dialog.notNow')} onClick={onClose}>
        <XIcon size={18} />
      </ActionIcon>
    </header>
  );
}
