// The service worker: the page works without a network after the first visit, and a new version is used
// as a whole or not at all.

import { part } from "./report/dom.js";

/** Starts it; `codec` becomes the path of the form of the codec that this page uses. */
export async function startOffline(codec) {
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
    const { active } = await navigator.serviceWorker.ready;
    await stored(active, await codec);
    note.textContent = "This page is stored in the browser and works without a network.";
  } catch (e) {
    note.textContent = `The browser does not keep this page for use without a network: ${e.message}`;
  }
}

/** Waits until a file is stored. */
function stored(worker, path) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data === null ? resolve() : reject(new Error(data)));
    worker.postMessage({ store: path }, [port2]);
  });
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
