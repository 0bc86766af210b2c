import { connectionLost } from '@/shared/http/connection';

const between = 1000;

/**
 * Resolves when the house can serve, or when nothing at all answers: then the app opens and says so itself.
 * `starting` is called when the house is there but not ready, as after a night without visitors.
 */
export async function awaitReady(starting: () => void): Promise<void> {
  for (;;) {
    try {
      const { ok } = await fetch('/ready', { cache: 'no-store' });
      if (ok) return;
    } catch {
      connectionLost();
      return;
    }
    starting();
    await new Promise((resolve) => setTimeout(resolve, between));
  }
}
