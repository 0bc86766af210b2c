import { create } from 'zustand';

interface Freshness {
  /** A newer version that waits to take over. */
  waiting: ServiceWorker | null;
}

export const useFreshness = create<Freshness>(() => ({ waiting: null }));

const reloadedFor = 'atrium.reloaded';

/** Keeps what the app is made of on this device, and notices when the house serves a newer one. */
export function keepFresh(): void {
  // A part that a newer version has replaced cannot be loaded any more: one reload brings the new one.
  window.addEventListener('vite:preloadError', (event) => {
    if (sessionStorage.getItem(reloadedFor) === window.location.href) return;
    event.preventDefault();
    sessionStorage.setItem(reloadedFor, window.location.href);
    window.location.reload();
  });
  if (import.meta.env.PROD && 'serviceWorker' in navigator) void register();
}

async function register(): Promise<void> {
  const firstTime = navigator.serviceWorker.controller === null;
  const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => null);
  if (!registration) return;

  const offer = (worker: ServiceWorker | null) => {
    if (worker?.state === 'installed' && navigator.serviceWorker.controller) useFreshness.setState({ waiting: worker });
  };
  offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => offer(worker));
  });
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!firstTime) window.location.reload();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
}

export const takeOver = (worker: ServiceWorker): void => worker.postMessage('take-over');
