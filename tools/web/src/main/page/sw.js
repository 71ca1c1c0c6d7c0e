// The service worker. The build writes the files of the site with their hashes into it. All of one
// version are in one cache: a file that is of another version fails the installation, and a page is
// served by the version with which it was opened until all its tabs are closed.

const VERSION = "{{version}}";
const FILES = {
  /* {{files}} */
};
/** Caches of this folder; another folder of the server may have another copy of the page. */
const PREFIX = `kmq ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;

/** A structure: valid where WebAssembly has garbage collection, and then the codec's JavaScript is not needed. */
const HAS_GC = WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 3, 1, 95, 0]));
const UNUSED = HAS_GC ? "codec/codec.js" : "codec/codec.wasm";

const request = (path) => new Request(path, { integrity: FILES[path], cache: "no-cache" });

async function install() {
  const cache = await caches.open(CACHE);
  const both = await stores(UNUSED);
  const needed = Object.keys(FILES).filter((path) => both || path !== UNUSED);
  try {
    await cache.addAll(needed.map(request));
  } catch (e) {
    await caches.delete(CACHE);
    throw e;
  }
}

/** The caches of other versions of this folder. */
const others = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);

/** Whether another version stores a file: then this one needs it too. */
async function stores(path) {
  const found = await Promise.all((await others()).map((cacheName) => caches.match(path, { cacheName })));
  return found.some((response) => response !== undefined);
}

/** Stores a file, if it is not stored yet: the form of the codec that a page uses. */
async function store(path, answer) {
  try {
    const cache = await caches.open(CACHE);
    if ((await cache.match(path)) === undefined) await cache.add(request(path));
    answer.postMessage(null);
  } catch (e) {
    answer.postMessage(e.message);
  }
}

async function activate() {
  await Promise.all((await others()).map((name) => caches.delete(name)));
}

/** The path of a file of the site, or null. */
function pathOf(url) {
  const { scope } = self.registration;
  if (!url.startsWith(scope)) return null;
  const path = url.slice(scope.length).replace(/[?#].*$/, "") || "index.html";
  return Object.hasOwn(FILES, path) ? path : null;
}

async function respond(path, request) {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(path);
  if (stored === undefined) return fetch(request); // a browser may empty caches
  // Some servers redirect index.html to its folder, and browsers refuse to open a page by such an answer.
  return stored.redirected ? new Response(stored.body, { headers: stored.headers }) : stored;
}

/** Activates this version if no other tab uses the one before. */
async function use(source) {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const tabs = all.filter(({ url }) => url.startsWith(self.registration.scope));
  if (tabs.length > 1) source.postMessage("others");
  else await self.skipWaiting();
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "use") event.waitUntil(use(event.source));
  else event.waitUntil(store(event.data.store, event.ports[0]));
});
self.addEventListener("fetch", (event) => {
  const path = event.request.method === "GET" ? pathOf(event.request.url) : null;
  if (path !== null) event.respondWith(respond(path, event.request));
});
