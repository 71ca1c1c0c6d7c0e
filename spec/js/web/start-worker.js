// Starts a worker of a browser.

import { workerUrl } from "./worker-url.js";
import { wrapped } from "./wrapped-worker.js";

export function startWorker() {
  if (workerUrl !== null) return wrapped(new Worker(workerUrl, { type: "module" }));
  // Bundlers know this expression and put the worker beside what they make.
  return wrapped(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
}
