// Keeps what the app is made of on this device. The build puts its version and its first files in place of the marks.
const version = '__VERSION__';
const firstFiles = ['__FIRST_FILES__'];
const cacheName = `atrium-${version}`;
const page = '/';

// Answers about people and their work are never kept here.
const never = /^\/(api|v1|hubs|openapi|docs|metrics)(\/|$)|^\/(health|ready|verify)$/;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([page, ...firstFiles])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith('atrium-') && name !== cacheName).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

/** Brings the house to the front at an address of its own. */
async function open(address) {
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (!page) return self.clients.openWindow(address);
  page.postMessage({ open: address });
  return page.focus();
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || never.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(networkFirst(request, page));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(cacheFirst(request));
  else event.respondWith(networkFirst(request, url.pathname));
});

/** Hashed files never change under one name. */
async function cacheFirst(request) {
  return (await caches.match(request)) ?? keep(request, await fetch(request));
}

async function networkFirst(request, key) {
  try {
    return await keep(key, await fetch(request));
  } catch (error) {
    const kept = await caches.match(key);
    if (kept) return kept;
    throw error;
  }
}

async function keep(key, response) {
  const own = response.ok && response.type === 'basic' && !response.redirected;
  const isPage = response.headers.get('Content-Type')?.startsWith('text/html') ?? false;
  if (own && isPage === (key === page)) {
    const cache = await caches.open(cacheName);
    await cache.put(key, response.clone());
  }
  return response;
}
