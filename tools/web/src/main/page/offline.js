// The service worker: the page works without a network after the first visit, and a new version is used
// as a whole or not at all.

import { part } from "./report/dom.js";

export async function startOffline() {
  const note = part("offline-note");
  if (!("serviceWorker" in navigator)) {
    note.textContent = "Without HTTPS, or in a private window, browsers do not keep this page for use without a network.";
    return;
  }
  try {
    const registration = await navigator.serviceWorker.register("sw.js", { updateViaCache: "none" });
    offer(registration);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => offer(registration));
    });
    await navigator.serviceWorker.ready;
    note.textContent = "This page is stored in the browser and works without a network.";
  } catch (e) {
    note.textContent = `The browser does not keep this page for use without a network: ${e.message}`;
  }
}

/** Offers the version that waits, unless it is the first one. */
function offer({ waiting }) {
  if (!waiting || !navigator.serviceWorker.controller) return;
  part("update").hidden = false;
  part("update-now").onclick = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (data === "others") part("update").firstElementChild.textContent = "A new version of this page is ready. Close its other tabs first.";
    });
    waiting.postMessage("use");
  };
}
