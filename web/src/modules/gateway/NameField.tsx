import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { useFocusAfterMenu } from '@/shared/ui/useFocusAfterMenu';

/** A key's name while it is changed: Enter or leaving keeps it, Escape does not. */
export function NameField({ name, onDone }: { name: string; onDone: (name: string) => void }) {
  const t = useT();
  const field = useFocusAfterMenu();
  const [value, setValue] = useState(name);
  return (
    <TextInput
      ref={field}
      size="xs"
      aria-label={t('gateway.key.rename')}
      maxLength={100}
      value={value}
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={() => onDone(value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onDone(value.trim());
        if (event.key === 'Escape') onDone('');
      }}
    />
  );
}
