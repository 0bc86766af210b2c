import { CheckIcon } from '@phosphor-icons/react/dist/csr/Check';
import { CopyIcon } from '@phosphor-icons/react/dist/csr/Copy';
import { useEffect, useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { IconButton } from './IconButton';

interface CopyButtonProps {
  text: string;
  label: string;
  size?: number;
}

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label, size = 28 }: CopyButtonProps) {
  const t = useT();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <>
      <IconButton size={size} label={label} onClick={() => void copyText(text).then(setCopied)}>
        {copied ? <CheckIcon size={size * 0.54} weight="bold" /> : <CopyIcon size={size * 0.54} />}
      </IconButton>
      <span className="at-hidden" role="status">
        {copied ? t('assistant.copied') : ''}
      </span>
    </>
  );
}

/** Puts a text on the clipboard; false where the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
