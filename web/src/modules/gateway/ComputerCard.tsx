import { Switch } from '@mantine/core';
import { DesktopIcon } from '@phosphor-icons/react/dist/csr/Desktop';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { chooseComputerModel, useComputer } from '@/shared/ollama/computerModels';
import { SettingRow } from '@/shared/ui/SettingRow';
import { ComputerPane } from './ComputerPane';
import classes from './ComputerCard.module.css';

/** Settings, On this computer: whether the Ollama of this device answers here. */
export function ComputerCard() {
  const t = useT();
  const model = useComputer((computer) => computer.model);
  const [open, setOpen] = useState(model !== null);
  const change = (on: boolean) => {
    setOpen(on);
    if (!on) chooseComputerModel(null);
  };
  return (
    <div className="at-card">
      <SettingRow icon={<DesktopIcon size={18} aria-hidden />} title={t('gateway.way.computer')} text={t('gateway.computer.text')}>
        <Switch size="md" aria-label={t('gateway.way.computer')} checked={open} onChange={(event) => change(event.currentTarget.checked)} />
      </SettingRow>
      {open && (
        <div className={classes.pane}>
          <ComputerPane model={model ?? ''} onModel={chooseComputerModel} />
        </div>
      )}
    </div>
  );
}
