import { connectionLost } from '@/shared/http/connection';

const between = 1000;

/** Asks once whether the house can serve. */
export const look = (): Promise<Response> => fetch('/ready', { cache: 'no-store' });

/**
 * Resolves when the house can serve, or when nothing at all answers: then the app opens and says so itself.
 * `first` is a look that is under way already. `starting` is called when the house is there but not ready, as after a night without visitors.
 */
export async function awaitReady(starting: () => void, first = look()): Promise<void> {
  for (let looking = first; ; looking = look()) {
    try {
      if ((await looking).ok) return;
    } catch {
      connectionLost();
      return;
    }
    starting();
    await new Promise((resolve) => setTimeout(resolve, between));
  }
}
