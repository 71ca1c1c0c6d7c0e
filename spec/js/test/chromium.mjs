// A headless Chromium, driven by its DevTools protocol over pipes.

import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-software-rasterizer", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
  "--disable-features=Vulkan,OptimizationGuideOnDeviceModel,OnDeviceModelService", "--remote-debugging-pipe",
];

/** The path of the browser, or null. */
export function findChromium() {
  for (const folder of process.env.PATH.split(delimiter)) {
    for (const name of NAMES) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

const SECONDS = 60;

/** A promise that fails if nothing happens. */
function soon(what, promise) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what}: no answer`)), SECONDS * 1000)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Waits until a function of this process is true, whatever it is that makes it so. */
export async function until(condition) {
  const end = performance.now() + SECONDS * 1000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not reached: ${condition}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

export class Chromium {
  #calls = new Map();
  #tabs = new Map();
  #next = 1;

  constructor(program) {
    this.profile = mkdtempSync(join(tmpdir(), "kmq-chromium-"));
    this.process = spawn(program, [...FLAGS, `--user-data-dir=${this.profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    this.ended = new Promise((resolve) => this.process.on("exit", resolve));
    let text = "";
    this.process.stdio[4].setEncoding("utf8").on("data", (part) => {
      const messages = (text + part).split("\0");
      text = messages.pop();
      for (const message of messages) this.#receive(JSON.parse(message));
    });
    this.ended.then(() => {
      for (const { reject } of this.#calls.values()) reject(new Error("the browser has ended"));
    });
  }

  #receive({ id, result, error, sessionId, method, params }) {
    if (id === undefined) {
      this.#tabs.get(sessionId)?.receive(method, params);
      return;
    }
    const { resolve, reject } = this.#calls.get(id);
    this.#calls.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  }

  call(method, params = {}, sessionId) {
    const id = this.#next++;
    return soon(method, new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    }));
  }

  async tab() {
    const { targetId } = await this.call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.call("Target.attachToTarget", { targetId, flatten: true });
    const tab = new Tab(this, sessionId, targetId);
    this.#tabs.set(sessionId, tab);
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await tab.call(`${domain}.enable`);
    await tab.call("Page.setLifecycleEventsEnabled", { enabled: true });
    return tab;
  }

  async stop() {
    await this.call("Browser.close").catch(() => this.process.kill());
    await this.ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

class Tab {
  /** What was logged, as text, and the addresses that were requested */
  logged = [];
  requests = [];
  #waiting = [];
  #loaded = new Set(); // the documents whose load event has fired

  constructor(browser, session, target) {
    this.browser = browser;
    this.session = session;
    this.target = target;
  }

  receive(method, params) {
    if (method === "Network.requestWillBeSent") this.requests.push(params.request.url);
    if (method === "Runtime.exceptionThrown") this.logged.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === "Log.entryAdded") this.logged.push(params.entry.text);
    if (method === "Runtime.consoleAPICalled") this.logged.push(params.args.map((arg) => arg.value ?? arg.description).join(" "));
    if (method === "Page.lifecycleEvent" && params.name === "load") this.#loaded.add(params.loaderId);
    if (method === "Page.javascriptDialogOpening") this.logged.push(`dialog: ${params.message}`);
    this.#waiting = this.#waiting.filter((one) => {
      if (one.method === method) one.resolve(params);
      return one.method !== method;
    });
  }

  call(method, params) {
    return this.browser.call(method, params, this.session);
  }

  event(method) {
    return soon(method, new Promise((resolve) => this.#waiting.push({ method, resolve })));
  }

  async open(url) {
    const { loaderId } = await this.call("Page.navigate", { url });
    while (!this.#loaded.has(loaderId)) await this.event("Page.lifecycleEvent");
  }

  async reload({ ignoreCache }) {
    const loaded = this.event("Page.loadEventFired");
    await this.call("Page.reload", { ignoreCache });
    await loaded;
  }

  /** The value of a function, which runs in the page; promises are awaited. */
  async run(what, ...args) {
    const expression = `(${what})(...${JSON.stringify(args)})`;
    const { result, exceptionDetails } = await this.call("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  close() {
    return this.browser.call("Target.closeTarget", { targetId: this.target });
  }
}
