import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe } from '@/shared/session/queries';
import { openDialog } from '@/shared/shell/shellStore';

const asked = 'atrium.asked';

/** Asks who should answer on the first entry to the chat of each visit, until the person ticks "Don't show again". */
export function useProviderPrompt(): void {
  const { id, preferences } = useMe();
  const inChat = useLocation({ select: ({ pathname }) => /^\/assistant(\/|$)/.test(pathname) });
  const ask = inChat && !preferences.hideProviderPrompt;

  useEffect(() => {
    if (!ask || sessionStorage.getItem(asked) === id) return;
    sessionStorage.setItem(asked, id);
    openDialog('provider');
  }, [ask, id]);
}
