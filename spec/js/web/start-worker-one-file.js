// Takes the place of start-worker.js in the build of one file, which is its own worker.

import { answer } from "./messages.js";
import { workerUrl } from "./worker-url.js";
import { wrapped } from "./wrapped-worker.js";

const NAME = "kmq-decoder";

if (globalThis.WorkerGlobalScope && self.name === NAME) {
  self.onmessage = ({ data }) => self.postMessage(...answer(data));
}

export function startWorker() {
  return wrapped(new Worker(workerUrl ?? import.meta.url, { type: "module", name: NAME }));
}
