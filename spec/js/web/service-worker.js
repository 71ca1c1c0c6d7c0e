// A service worker for pages whose images are kmq files. A page that has one already uses `kmqResponse` in it.

import { kmqResponse, wantsKmq } from "./response.js";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "kmq-claim") event.waitUntil(self.clients.claim());
});
self.addEventListener("fetch", (event) => {
  if (wantsKmq(event.request)) event.respondWith(kmqResponse(event.request));
});
