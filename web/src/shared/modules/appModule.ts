import type { Icon } from '@phosphor-icons/react';
import type { ReactNode } from 'react';
import type { MessageKey } from '@/shared/i18n/messages';

/** Something the command palette found: a conversation, a room, a page. */
export interface Found {
  id: string;
  title: string;
  /** The words around the hit. */
  excerpt?: string;
  /** Where it is: "Assistant, 12 Nov". */
  where?: string;
  icon?: ReactNode;
  open: () => void;
}

/** What one app tells the shell about itself. */
export interface AppModule {
  /** The module's name on the server, too. */
  id: string;
  name: MessageKey;
  icon: Icon;
  /** For finding the way, never for state. */
  colour: string;
  path: string;
  /** The letter after G. */
  key: string;
  /** The address where a question typed into the palette is asked. */
  ask?: (question: string) => string;
  /** Asks for what the page at an address needs, while the app itself still starts. */
  prefetch?: (path: string) => void;
  /** Things of this app for the palette; the newest when the query is empty. */
  find?: (query: string, signal: AbortSignal) => Promise<Found[]>;
}
