import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { Budget } from '@/api/money';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { limitsQuery } from './queries';
import { keepTold, newlyClose, readTold } from './toldLimits';
import { useLimitTexts } from './useLimitTexts';

/** Says once when a limit comes close or is reached, wherever one is; the costs page keeps saying it. */
export function LimitWatch() {
  const t = useT();
  const texts = useLimitTexts('own');
  const { data } = useQuery({ ...limitsQuery('own'), retry: false });

  const tell = useEffectEvent((limits: readonly Budget[]) => {
    const { news, told } = newlyClose(limits, readTold());
    keepTold(told);
    // The costs page says it in its own place.
    if (window.location.pathname === '/costs') return;
    for (const budget of news) notify(t(budget.state === 'reached' ? 'limits.note.reached' : 'limits.note.alert', { name: texts.name(budget), used: texts.used(budget) }), budget.state === 'reached' ? { kind: 'bad' } : {});
  });

  useEffect(() => {
    if (data) tell(data);
  }, [data]);

  return null;
}
