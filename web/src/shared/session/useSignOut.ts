import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { http } from '@/shared/http/http';
import { notify } from '@/shared/notify/toasts';
import { useProblemText } from '@/shared/http/useProblemText';
import { forgetDevice } from './forgetDevice';

/** Ends the session on the server, forgets what this device holds of the person, and shows the sign-in page. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText();
  return useCallback(async () => {
    try {
      await http.post('/api/logout');
    } catch (error) {
      notify(text(error), { kind: 'bad' });
      return;
    }
    forgetDevice();
    await navigate({ to: '/sign-in' });
    client.clear();
  }, [client, navigate, text]);
}
