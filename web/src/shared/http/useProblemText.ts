import { useCallback } from 'react';
import { useT } from '@/shared/i18n/language';
import { problemText } from './problemText';

/** The sentence to show for whatever was thrown. */
export function useProblemText(): (error: unknown) => string {
  const t = useT();
  return useCallback((error) => problemText(t, error), [t]);
}
