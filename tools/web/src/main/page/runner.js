// Tasks of the codec, one at a time: a new one ends the one that runs.

import { CancelError } from "./engine.js";

export class Runner {
  #engine;
  #latest = new AbortController();
  #running = Promise.resolve();

  constructor(engine) {
    this.#engine = engine;
  }

  /**
   * Ends the running task and runs another one. It makes its calls by a function `step(text, call)`,
   * which ends it once it is cancelled, whether or not the call can be.
   *
   * @param show is called with a text and a fraction while the task runs, and with null at its end
   * @returns whether the task was completed
   */
  async run(task, show) {
    const own = this.#replace();
    await this.#running;
    if (own.signal.aborted) return false;
    const done = this.#run(own.signal, task, show);
    this.#running = done.catch(() => {}); // the caller gets the error
    return done;
  }

  /** Ends the running task. */
  cancel() {
    this.#replace();
  }

  #replace() {
    this.#latest.abort(new CancelError("The task was cancelled."));
    this.#engine.cancel();
    this.#latest = new AbortController();
    return this.#latest;
  }

  async #run(signal, task, show) {
    const cancelled = new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    cancelled.catch(() => {}); // unless a step waits for it
    const step = async (text, call) => {
      signal.throwIfAborted();
      show(text, 0);
      const onProgress = (fraction) => signal.aborted || show(text, fraction);
      return Promise.race([call({ onProgress, signal }), cancelled]);
    };
    try {
      await task(step);
      return true;
    } catch (e) {
      if (e instanceof CancelError || signal.aborted) return false;
      throw e;
    } finally {
      show(null, 0);
    }
  }
}
