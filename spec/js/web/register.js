// Registers the service worker of this package, and loads again what the page requested before it took over.

const isKmq = (url) => /\.kmq$/i.test(new URL(url, document.baseURI).pathname);

/**
 * Resolves to the registration when images of the page are answered by the service worker, or to null where
 * there are none: in pages over plain HTTP.
 */
export async function registerServiceWorker(url = "kmq-sw.js", options) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return null;
  const isControlled = serviceWorker.controller !== null;
  const registration = await serviceWorker.register(url, options);
  if (isControlled) return registration;
  if (!document.URL.startsWith(registration.scope)) {
    throw new Error(`${document.URL} is outside ${registration.scope}; put the service worker into the folder of the page, or above it`);
  }
  await control(serviceWorker, registration);
  for (const image of document.images) loadAgain(image);
  return registration;
}

async function control(serviceWorker, registration) {
  const controlled = new Promise((done) => serviceWorker.addEventListener("controllerchange", done, { once: true }));
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  await new Promise((done, fail) => {
    const look = () => {
      if (worker.state === "activated") done();
      if (worker.state === "redundant") fail(new Error("the service worker cannot be installed"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
  // It takes over when it is new; a page that was reloaded past all caches has to ask.
  if (serviceWorker.controller === null) {
    worker.postMessage("kmq-claim");
    await controlled;
  }
}

/** Once, if the image is broken or was requested from the network. */
function loadAgain(image) {
  const url = image.currentSrc || image.src; // the second of an image that is only beginning to load
  if (!url || !isKmq(url)) return;
  if (!image.complete) image.addEventListener("error", () => assign(image), { once: true });
  else if (image.naturalWidth === 0) assign(image);
}

/** Assigning what is there makes the browser choose and request a source again. */
function assign(image) {
  if (image.srcset) image.srcset = image.srcset;
  else image.src = image.src;
}
