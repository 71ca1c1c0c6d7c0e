// A worker of Node. An idle one does not keep the process running.

import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { workerUrl } from "./worker-url.js";

export function startWorker() {
  const worker = new Worker(workerUrl === null ? new URL("./worker-node.js", import.meta.url) : new URL(workerUrl, pathToFileURL("./")));
  const wrapper = {
    onmessage: null,
    onerror: null,
    post: (message, transfer) => worker.postMessage(message, transfer),
    end: () => void worker.terminate(),
    busy: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
  };
  worker.on("message", (message) => wrapper.onmessage?.(message));
  worker.on("error", (e) => wrapper.onerror?.(e.message));
  return wrapper;
}
