// Starts a worker of a browser.

import { wrapped } from "./wrapped-worker.js";

export function startWorker() {
  // Bundlers know this expression and put the worker beside what they make.
  return wrapped(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
}
