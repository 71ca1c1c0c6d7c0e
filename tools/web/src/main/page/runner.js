// Tasks of the codec, one at a time: a new one ends the one that runs.

import { CancelError } from "./engine.js";

export class Runner {
  #engine;
  #show;
  #latest = 0;
  #running = Promise.resolve();

  /** `show` is called with a text and a fraction while a task runs, and with null at its end. */
  constructor(engine, show) {
    this.#engine = engine;
    this.#show = show;
  }

  /**
   * Ends the running task and runs another one. It makes its calls by a function `step(text, call)`,
   * which ends it once it is cancelled.
   *
   * @returns whether the task was completed
   */
  async run(task) {
    const number = this.#end();
    await this.#running;
    if (number !== this.#latest) return false;
    const done = this.#run(number, task);
    this.#running = done.catch(() => {}); // the caller gets the error
    return done;
  }

  /** Ends the running task. */
  cancel() {
    this.#end();
  }

  #end() {
    this.#engine.cancel();
    return ++this.#latest;
  }

  async #run(number, task) {
    const check = () => {
      if (number !== this.#latest) throw new CancelError();
    };
    const step = async (text, call) => {
      check();
      this.#show(text, 0);
      const result = await call({
        onProgress: (fraction) => number === this.#latest && this.#show(text, fraction),
      });
      check();
      return result;
    };
    try {
      await task(step);
      return true;
    } catch (e) {
      if (e instanceof CancelError || number !== this.#latest) return false;
      throw e;
    } finally {
      this.#show(null, 0);
    }
  }
}
