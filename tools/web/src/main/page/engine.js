// The codec for the page: each call is a promise, and the work happens in a worker.

/** A call was ended by `Engine.cancel` or `Engine.close`. */
export class CancelError extends Error {
  name = "CancelError";
}

/** A call failed; the message is for users. */
export class EngineError extends Error {
  name = "EngineError";

  constructor({ message, kind, what, reason }) {
    super(message);
    /** "damaged", "unsupported", "too large" or "option". */
    this.kind = kind;
    /** What is wrong with a file, as part of a sentence; absent for other failures. */
    this.what = what ?? undefined;
    /** The reason of the format's specification, as "R13 HEADER_CRC". */
    this.reason = reason ?? undefined;
  }
}

export class Engine {
  #worker;
  #target;
  #module = null;
  #ready;
  #next = 0;

  /** Calls that have not ended, by number, in their order. */
  #calls = new Map();

  /** Whether the worker has failed, as when its files could not be loaded: the next call starts another one. */
  #failed = false;

  /** The call that opens the open image again in another worker. */
  #source = null;

  /**
   * Starts a worker.
   *
   * @param {{target?: "auto"|"wasm"|"js"}} options which form of the codec it runs
   */
  static async start({ target = "auto" } = {}) {
    const engine = new Engine(target);
    await engine.#ready;
    return engine;
  }

  constructor(target) {
    this.#target = target;
    this.#restart();
  }

  #restart() {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.#worker = worker;
    this.#failed = false;
    this.#ready = new Promise((resolve, reject) => {
      const fail = (error) => {
        if (worker !== this.#worker) return;
        this.#failed = true;
        reject(error);
        this.#end(error);
      };
      worker.onmessage = ({ data }) => {
        if (data.ready) {
          this.target = data.ready.target;
          this.capabilities = data.ready.capabilities;
          this.options = data.ready.options;
          this.#module = data.ready.module;
          resolve();
        } else if (data.id === undefined) {
          fail(new EngineError(data.failure));
        } else {
          this.#receive(data);
        }
      };
      worker.onerror = (event) => {
        const message = `The codec's worker failed: ${event.message ?? "its files cannot be loaded"}.`;
        fail(new EngineError({ message, kind: "unsupported" }));
      };
    });
    this.#ready.catch(() => {}); // the calls get it
    worker.postMessage({ target: this.#target, module: this.#module });
    if (this.#source !== null) {
      worker.postMessage({ id: -1, ...this.#source });
    }
  }

  #receive({ id, done, result, failure }) {
    const call = this.#calls.get(id);
    if (call === undefined) {
      return;
    }
    if (done !== undefined) {
      call.onProgress?.(done);
      return;
    }
    this.#calls.delete(id);
    if (failure) {
      call.reject(new EngineError(failure));
      return;
    }
    if (call.opens) {
      this.#source = { name: call.name, options: call.options };
    }
    call.resolve(result);
  }

  #end(error) {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) {
      call.reject(error);
    }
  }

  #call(name, options, onProgress, opens = false) {
    if (this.#worker === null) {
      return Promise.reject(new CancelError("The engine is closed."));
    }
    if (this.#failed) {
      this.#worker.terminate();
      this.#restart();
    }
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#calls.set(id, { name, options, onProgress, opens, resolve, reject });
      this.#worker.postMessage({ id, name, options });
    });
  }

  /** Ends the running call; those that wait for it run in a new worker. */
  cancel() {
    const [running, ...waiting] = this.#calls.values();
    if (running === undefined) {
      return;
    }
    this.#worker.terminate();
    this.#calls.clear();
    this.#restart();
    for (const call of waiting) {
      const id = this.#next++;
      this.#calls.set(id, call);
      this.#worker.postMessage({ id, name: call.name, options: call.options });
    }
    running.reject(new CancelError("The call was cancelled."));
  }

  /** Ends the worker. */
  close() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#end(new CancelError("The engine is closed."));
  }

  /** Opens the bytes of a PNG or .kmq file; the image before stays open if that fails. */
  openFile(bytes) {
    return this.#call("openFile", { bytes }, null, true);
  }

  /** Opens pixels of straight RGBA. */
  openPixels({ width, height, rgba }) {
    return this.#call("openPixels", { width, height, rgba }, null, true);
  }

  /** Quantises the open image; the result stays until the next call. */
  quantize(options, { onProgress } = {}) {
    return this.#call("quantize", options, onProgress);
  }

  /** Writes the result as .kmq. */
  encodeKmq({ method }, { onProgress } = {}) {
    return this.#call("encodeKmq", { method }, onProgress);
  }

  /** Measures pixels of straight RGBA in sRGB, of the size of the open image, against it. */
  measure({ rgba }) {
    return this.#call("measure", { rgba });
  }

  /** Writes the result as indexed PNG. */
  encodePng() {
    return this.#call("encodePng", {});
  }

  /** The bytes of the result by each method. */
  sizes(methods, { onProgress } = {}) {
    return this.#call("sizes", { methods }, onProgress);
  }

  /** Quantises and encodes with each number of colours; the result stays as it is. */
  async sweep({ colors, ...options }, { onPoint, onProgress } = {}) {
    for (const [i, k] of colors.entries()) {
      const part = (done) => onProgress?.((i + done) / colors.length);
      onPoint(await this.#call("point", { ...options, colors: k }, part));
    }
  }
}
