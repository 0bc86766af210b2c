import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { EyeIcon } from '@phosphor-icons/react/dist/csr/Eye';
import { EyeSlashIcon } from '@phosphor-icons/react/dist/csr/EyeSlash';
import type { ReactNode } from 'react';
import { useT } from '@/shared/i18n/language';
import classes from './SecretInput.module.css';

interface SecretInputProps extends PasswordInputProps {
  /** At the right end of the label's line: "Forgotten?". */
  beside?: ReactNode;
}

/** A password or key, hidden until the eye is pressed; pasting and password managers work. */
export function SecretInput({ beside, label, ...props }: SecretInputProps) {
  const t = useT();
  return (
    <div className={classes.field}>
      {beside !== undefined && <div className={classes.beside}>{beside}</div>}
      <PasswordInput
        label={label}
        withAsterisk={false}
        autoCapitalize="none"
        spellCheck={false}
        visibilityToggleIcon={({ reveal }) => (reveal ? <EyeSlashIcon size={18} /> : <EyeIcon size={18} />)}
        visibilityToggleButtonProps={{ 'aria-label': t('shell.showSecret'), tabIndex: 0 }}
        {...props}
      />
    </div>
  );
}
