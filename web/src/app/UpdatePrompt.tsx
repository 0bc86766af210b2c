import { Button } from '@mantine/core';
import { useT } from '@/shared/i18n/language';
import { takeOver, useFreshness } from './keepFresh';
import classes from './UpdatePrompt.module.css';

/** Says that a newer version waits; nobody's page is reloaded unasked. */
export function UpdatePrompt() {
  const t = useT();
  const waiting = useFreshness((freshness) => freshness.waiting);
  if (!waiting) return null;
  return (
    <div className={classes.prompt} role="status">
      {t('shell.update')}
      <Button size="xs" onClick={() => takeOver(waiting)}>
        {t('shell.update.reload')}
      </Button>
    </div>
  );
}
