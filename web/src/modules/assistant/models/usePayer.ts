import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';

/** Who pays for an answer; undefined while its provider is not known. */
export function usePayer(message: Message): string | undefined {
  const t = useT();
  switch (message.provider) {
    case undefined:
    case null:
      return undefined;
    case 'offline':
    case 'ollama':
      return t('assistant.payer.house');
    case 'ollama-browser':
      return t('assistant.payer.computer');
    default:
      return t('assistant.payer.yourKey');
  }
}
