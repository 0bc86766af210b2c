import { useT } from '@/shared/i18n/language';
import classes from './ProviderDialog.module.css';
import type { Way } from './providerDraft';

interface WayPickerProps {
  way: Way;
  /** Whether the operator of this house offers an Ollama. */
  ollama: boolean;
  onPick: (way: Way) => void;
}

/** Where answers come from, in its widest sense. */
export function WayPicker({ way, ollama, onPick }: WayPickerProps) {
  const t = useT();
  const ways: Way[] = ['key', 'computer', ...(ollama ? (['ollama'] as const) : []), 'offline'];
  return (
    <div className={classes.ways} role="radiogroup" aria-label={t('gateway.ways')}>
      {ways.map((each) => (
        <label key={each} className={classes.way}>
          <input type="radio" name="way" value={each} checked={each === way} onChange={() => onPick(each)} />
          <span>
            <b>{t(`gateway.way.${each}`)}</b>
            <span>{t(`gateway.way.${each}.text`)}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
