// Keeps the app itself, so that the button can be pressed where there is no network. Nothing personal is ever in here:
// what services and the issuer answer is not touched. The two names are filled in when the app is built (vite.config.ts).
const FILES = __FILES__;
const NAME = __NAME__;

self.addEventListener("install", (event) => {
  const kept = caches.open(NAME).then((cache) => cache.addAll(FILES));
  event.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => names.filter((name) => name !== NAME));
  event.waitUntil(old.then((names) => Promise.all(names.map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (/^\/(api|auth|healthz|nilai)(\/|$)/.test(pathname)) return; // citizens' page is none of the app's
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("/", { cacheName: NAME })));
  } else if (FILES.includes(pathname)) {
    event.respondWith(pathname.startsWith("/assets/") ? keptFirst(request) : freshFirst(request));
  }
});

async function keptFirst(request) {
  return (await caches.match(request, { cacheName: NAME })) ?? fetch(request);
}

async function freshFirst(request) {
  return fetch(request).catch(async () => (await caches.match(request, { cacheName: NAME })) ?? Response.error());
}
