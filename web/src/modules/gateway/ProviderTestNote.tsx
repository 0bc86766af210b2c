import type { Provider, ProviderTest } from '@/api/types';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import { testProblem } from './testProblem';

/** What a test found: it works, with how much, or why not and that nothing was saved. */
export function ProviderTestNote({ test, provider }: { test: ProviderTest | undefined; provider: Provider }) {
  const t = useT();
  const format = useFormat();
  if (!test) return null;
  if (test.works) {
    return (
      <Note kind="ok" role="status" title={t('gateway.test.works', { provider: provider.name })}>
        {t('gateway.test.models', { count: test.models.length, seconds: format.number(Math.round(test.milliseconds / 100) / 10) })}
      </Note>
    );
  }
  return (
    <Note kind="bad" role="alert" title={t('gateway.test.fails')}>
      {testProblem(t, test, provider.name)} {t('gateway.test.safe')}
    </Note>
  );
}
