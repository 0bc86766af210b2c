import { Switch } from '@mantine/core';
import { useState } from 'react';
import { KeyTable } from '@/app/keyboard/KeyTable';
import { lettersAct, setLettersAct } from '@/shared/keyboard/letters';
import { useT } from '@/shared/i18n/language';
import { Section } from '@/shared/ui/Section';
import { SettingRow } from '@/shared/ui/SettingRow';

export function KeyboardPage() {
  const t = useT();
  const [on, setOn] = useState(lettersAct);
  return (
    <>
      <Section title={t('keys.letters.section')}>
        <div className="at-card">
          <SettingRow title={t('keys.letters')} text={t('keys.letters.text')}>
            <Switch
              size="md"
             
              aria-label={t('keys.letters')}
              checked={on}
              onChange={(event) => {
                setLettersAct(event.currentTarget.checked);
                setOn(event.currentTarget.checked);
              }}
            />
          </SettingRow>
        </div>
      </Section>
      <Section title={t('shell.allKeys')}>
        <KeyTable />
      </Section>
    </>
  );
}
