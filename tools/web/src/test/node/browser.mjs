// What the page's modules need of a browser, for Node: workers and files by fetch.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Worker as Thread, isMainThread, parentPort } from "node:worker_threads";

// Browsers whose WebAssembly has no functions on strings, although this Node's has.
if (process.env.KMQ_STRING_BUILTINS === "none") {
  const { compile, Module } = WebAssembly;
  WebAssembly.compile = (bytes) => compile.call(WebAssembly, bytes);
  WebAssembly.Module = class extends Module {
    constructor(bytes) {
      super(bytes);
    }
  };
}

globalThis.navigator ??= { hardwareConcurrency: 2 };
globalThis.fetch = async (url) => new Response(await readFile(fileURLToPath(url)));

/** A module worker as a thread, which imports this module first. */
class Worker {
  #thread;

  constructor(url) {
    this.#thread = new Thread(new URL(import.meta.url), { workerData: null });
    this.#thread.postMessage({ module: url.href });
    this.#thread.on("message", (data) => this.onmessage?.({ data }));
    this.#thread.on("error", (error) => this.onerror?.({ message: error.message }));
  }

  postMessage(data, transferred) {
    this.#thread.postMessage(data, transferred);
  }

  terminate() {
    this.#thread.terminate();
  }
}

if (isMainThread) {
  globalThis.Worker = Worker;
} else {
  globalThis.self = { postMessage: (data, transferred) => parentPort.postMessage(data, transferred) };
  const early = [];
  let loaded = false;
  parentPort.on("message", async (data) => {
    if (data.module && !loaded && early.length === 0 && Object.keys(data).length === 1) {
      await import(data.module);
      loaded = true;
      early.splice(0).forEach((message) => self.onmessage({ data: message }));
    } else if (loaded) {
      self.onmessage({ data });
    } else {
      early.push(data);
    }
  });
}
