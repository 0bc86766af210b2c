import { CaretDownIcon } from '@phosphor-icons/react/dist/csr/CaretDown';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { ModelDialog } from './LazyModelDialog';
import classes from './Models.module.css';

interface ModelChipProps {
  /** Model id, "provider/model"; undefined for the person's choice. */
  model: string | undefined;
  onChange: (model: string | null) => void;
}

/** Which model answers, and the way to another. */
export function ModelChip({ model, onChange }: ModelChipProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const choose = (chosen: string | null) => {
    setOpen(false);
    onChange(chosen);
  };
  return (
    <>
      <button type="button" className={classes.chip} aria-haspopup="dialog" aria-label={t('assistant.models.chip', { model: model ?? t('assistant.models.yourChoice') })} onClick={() => setOpen(true)}>
        <span className={classes.chipText}>{model === undefined ? t('assistant.models.yourChoice') : modelName(model)}</span>
        <CaretDownIcon size={13} />
      </button>
      {open && <ModelDialog title={t('assistant.models.title')} selected={model} onChoose={choose} onChooseDefault={() => choose(null)} onClose={() => setOpen(false)} />}
    </>
  );
}

/** "anthropic/claude-sonnet-5" without its provider. */
export const modelName = (id: string): string => id.slice(id.indexOf('/') + 1);
