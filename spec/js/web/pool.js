// Decoding in workers, each of which decodes one image at a time.

import { imageOf } from "./messages.js";

const MAX_WORKERS = 4;
const IDLE_MILLISECONDS = 10_000;

/**
 * The function `decodeInWorker` of index.d.ts.
 *
 * @param startWorker returns an object with `post(message, transfer)`, `end()`, `busy(boolean)`, and calls
 *     the functions that are set as its `onmessage` and `onerror`
 */
export function decoderPool(startWorker) {
  const most = Math.max(1, Math.min(MAX_WORKERS, globalThis.navigator?.hardwareConcurrency ?? 2));
  const idle = [];
  const waiting = [];
  let running = 0;

  function next() {
    while (waiting.length > 0 && running < most) run(waiting.shift());
  }

  function run(job) {
    let worker;
    try {
      worker = idle.pop() ?? startWorker();
    } catch (e) {
      job.settle(() => job.reject(e));
      return;
    }
    clearTimeout(worker.timer);
    worker.busy(true);
    running++;
    const leave = (isUsable) => {
      clearTimeout(timer);
      running--;
      if (isUsable) keep(worker);
      else worker.end();
      next();
    };
    const timer = job.deadline === undefined ? undefined : setTimeout(() => {
      job.fail(new RangeError(`not decoded within ${job.deadline} ms; a larger deadline gives it more time`));
    }, job.deadline);
    job.stop = () => leave(false);
    worker.onmessage = (message) => {
      job.stop = null;
      leave(true);
      job.settle(() => {
        try {
          job.resolve(imageOf(message));
        } catch (e) {
          job.reject(e);
        }
      });
    };
    worker.onerror = (text) => job.fail(new Error(`the worker cannot decode: ${text}`));
    try {
      worker.post(job.request, [job.request.bytes.buffer]);
    } catch (e) {
      job.fail(e);
    }
  }

  function keep(worker) {
    worker.busy(false);
    worker.onmessage = worker.onerror = null;
    idle.push(worker);
    worker.timer = setTimeout(() => {
      idle.splice(idle.indexOf(worker), 1);
      worker.end();
    }, IDLE_MILLISECONDS);
    worker.timer.unref?.();
  }

  return function decodeInWorker(bytes, { signal, deadline, transfer = false, withRgba = false, ...options } = {}) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const request = { bytes: owned(bytes, transfer), options, withRgba };
      const job = { request, deadline, resolve, reject, stop: null };
      const aborted = () => job.fail(signal.reason);
      job.settle = (how) => {
        signal?.removeEventListener("abort", aborted);
        how();
      };
      job.fail = (reason) => {
        if (job.stop) job.stop();
        else if (waiting.includes(job)) waiting.splice(waiting.indexOf(job), 1);
        job.stop = null;
        job.settle(() => reject(reason));
      };
      signal?.addEventListener("abort", aborted);
      waiting.push(job);
      next();
    });
  };
}

/** Bytes that may leave for a worker with their buffer. */
function owned(bytes, transfer) {
  const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  if (!(view instanceof Uint8Array)) throw new TypeError("bytes must be a Uint8Array or an ArrayBuffer");
  return transfer && view.length === view.buffer.byteLength ? view : new Uint8Array(view);
}
