import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/shared/i18n/language';
import { modelsQuery } from '@/shared/models/modelsQuery';
import { CopyButton } from '@/shared/ui/CopyButton';
import classes from './Programs.module.css';
import { languages, safeModel, snippet, type Language } from './snippets';

/** How a program asks this house, ready to be copied. */
export function Snippets({ secret }: { secret: string }) {
  const t = useT();
  const { data } = useQuery(modelsQuery);
  const [language, setLanguage] = useState<Language>('curl');
  const model = data?.items.find(({ provider }) => provider !== 'offline')?.id ?? data?.items[0]?.id;
  const text = snippet(language, window.location.origin, secret, safeModel(model));
  return (
    <div className={classes.snippets}>
      <div className={classes.snippetHead}>
        <SegmentedControl<Language> size="xs" aria-label={t('programs.snippet')} value={language} onChange={setLanguage} data={languages.map((value) => ({ value, label: t(`programs.snippet.${value}`) }))} />
        <CopyButton text={text} label={t('programs.snippet.copy')} size={32} />
      </div>
      <pre className={classes.code} tabIndex={0} role="region" aria-label={t(`programs.snippet.${language}`)}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
