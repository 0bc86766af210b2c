import { useT } from '@/shared/i18n/language';
import classes from './PasswordMeter.module.css';
import { passwordStrength } from './passwordStrength';

/** Four bars and a sentence: how hard this password is to guess. */
export function PasswordMeter({ password, id }: { password: string; id: string }) {
  const t = useT();
  const strength = passwordStrength(password);
  return (
    <div id={id} className={classes.meter} data-strength={password === '' ? 'none' : strength}>
      <div className={classes.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} data-on={password !== '' && strength >= bar} />
        ))}
      </div>
      <p aria-live="polite">{t(password === '' ? 'accounts.password.rule' : `accounts.strength.${strength}`)}</p>
    </div>
  );
}
