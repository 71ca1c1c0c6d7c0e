package dev.kmq.browser;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/**
 * Random delays of what a test and its page do, so that a test that depends on time shows it. They
 * are off unless the system property {@code kmq.jitter} has a seed.
 */
final class Jitter {
  private static final boolean ON = System.getProperty("kmq.jitter") != null;
  private static final Random RANDOM =
      new Random(Long.parseLong(System.getProperty("kmq.jitter", "0")));

  /** The share of what is delayed. */
  private static final double SHARE = 0.2;

  /** The longest delay, in milliseconds. */
  private static final int MOST = 400;

  /** Delays files, fetches, and messages of workers in both directions; these stay in order. */
  private static final String SCRIPT =
      """
      (() => {
        let state = %d;
        const random = () => {
          state ^= state << 13;
          state ^= state >>> 17;
          state ^= state << 5;
          return (state >>> 0) / 2 ** 32;
        };
        const wait = () =>
          random() < %s ? new Promise((done) => setTimeout(done, random() * %d)) : undefined;
        const delay = (owner, name) => {
          const call = owner[name];
          owner[name] = async function (...all) {
            await wait();
            const result = await call.apply(this, all);
            await wait();
            return result;
          };
        };
        for (const name of ['fetch', 'createImageBitmap']) delay(window, name);
        for (const name of ['arrayBuffer', 'text']) delay(Blob.prototype, name);
        const { toBlob } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.toBlob = function (done, ...all) {
          toBlob.call(this, async (blob) => done((await wait(), blob)), ...all);
        };
        const last = { sent: new WeakMap(), received: new WeakMap() };
        const ended = new WeakSet();
        const inOrder = (map, worker, action) => {
          const turn = Promise.resolve(map.get(worker)).then(wait);
          const done = turn.then(() => ended.has(worker) || action());
          map.set(worker, done.catch(reportError));
        };
        const { postMessage, terminate } = Worker.prototype;
        Worker.prototype.postMessage = function (data, options) {
          const transfer = Array.isArray(options) ? options : (options?.transfer ?? []);
          const sent = structuredClone(data, { transfer });
          inOrder(last.sent, this, () => postMessage.call(this, sent));
        };
        Worker.prototype.terminate = function () {
          ended.add(this);
          terminate.call(this);
        };
        Object.defineProperty(Worker.prototype, 'onmessage', {
          set(handle) {
            const receive = (event) => inOrder(last.received, this, () => handle.call(this, event));
            this.addEventListener('message', receive);
          },
        });
      })()
      """;

  private Jitter() {}

  /** Waits before a test does something. */
  static void pause() throws InterruptedException {
    if (ON && RANDOM.nextDouble() < SHARE) {
      Thread.sleep(RANDOM.nextInt(MOST));
    }
  }

  /** Delays what the page of a tab does from its next document on. */
  static void delay(Chromium.Tab tab) throws Exception {
    if (ON) {
      String script = SCRIPT.formatted(RANDOM.nextInt() | 1, SHARE, MOST);
      ObjectNode params = JsonNodeFactory.instance.objectNode().put("source", script);
      tab.call("Page.addScriptToEvaluateOnNewDocument", params.toString());
    }
  }
}
