// <kmq-img>: an image element for kmq files.

import { DEFAULT_LIMITS, KmqError, decode } from "../kmq.js";
import { decodeInWorker } from "./browser-pool.js";
import { fetchBytes } from "./fetch-bytes.js";
import { paint } from "./paint.js";
import { dimension, imageStyle, setHints } from "./style.js";

/** Work (section 9) that may be done without a worker: some 50 ms */
const SYNC_WORK = 2 ** 24;
/** How far from the window a lazy image begins to load */
const LAZY_MARGIN = "600px";

const REFLECTED = ["src", "alt", "loading", "decoding", "crossOrigin", "referrerPolicy", "fetchPriority"];

/** For rules such as kmq-img:state(broken) */
const HAS_STATES = globalThis.CSS?.supports("selector(:state(broken))") ?? false;

// Other programs, such as Node, can import the module.
const Base = globalThis.HTMLElement ?? class {};

export class KmqImageElement extends Base {
  /** Limits of all elements, see DEFAULT_LIMITS */
  static limits = DEFAULT_LIMITS;
  /** Milliseconds that a worker may take for an image */
  static deadline = 10_000;
  static observedAttributes = ["src", "alt", "width", "height", "loading", "crossorigin", "referrerpolicy"];

  #internals = this.attachInternals();
  #style = imageStyle(this.ownerDocument);
  #canvas = document.createElement("canvas");
  #alt = document.createElement("span");
  #observer = null;
  #load = null;
  #isPlanned = false;
  #waiting = [];
  #image = null;
  #error = null;
  #state = "";
  #currentSrc = "";

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = this.#style.sheets;
    this.#canvas.part = "image";
    this.#alt.part = "alt";
    root.append(this.#canvas, this.#alt);
    this.#show();
  }

  /** The pixels of the image, 0 without one */
  get naturalWidth() {
    return this.#image?.width ?? 0;
  }

  get naturalHeight() {
    return this.#image?.height ?? 0;
  }

  /** Whether nothing is being loaded */
  get complete() {
    return !this.hasAttribute("src") || this.#state === "complete" || this.#state === "broken";
  }

  /** The address that was or is being loaded */
  get currentSrc() {
    return this.#currentSrc;
  }

  /** Why there is no image: a KmqError, a RangeError for a limit of the browser, another error; or null */
  get error() {
    return this.#error;
  }

  get width() {
    return this.#size("width", this.naturalWidth);
  }

  set width(value) {
    this.setAttribute("width", value);
  }

  get height() {
    return this.#size("height", this.naturalHeight);
  }

  set height(value) {
    this.setAttribute("height", value);
  }

  /** Resolves when the image is there. Rejects as that of <img> does, with an EncodingError. */
  decode() {
    return new Promise((resolve, reject) => {
      if (this.#state === "complete") resolve();
      else if (!this.hasAttribute("src") || !this.#loads || this.#state === "broken") reject(this.#encodingError());
      else this.#waiting.push({ resolve, reject });
    });
  }

  connectedCallback() {
    // Properties that were set before the element was defined hide those of the class.
    for (const name of [...REFLECTED, "width", "height"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    this.#plan();
  }

  disconnectedCallback() {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  /** In another document, the address may be another one. */
  adoptedCallback() {
    this.#style = imageStyle(this.ownerDocument);
    this.shadowRoot.adoptedStyleSheets = this.#style.sheets;
    this.#hint();
    this.#plan(true);
  }

  /** Whether images are loaded: not in documents without a window. */
  get #loads() {
    return this.ownerDocument.defaultView !== null;
  }

  attributeChangedCallback(name, before, value) {
    if (name === "alt") this.#show();
    else if (name === "width" || name === "height") this.#hint();
    else if (name !== "loading" && before === value && name !== "src") return;
    else this.#plan(name !== "loading");
  }

  /** Loads after the script that runs now, which may set more attributes. */
  #plan(isNew = false) {
    if (isNew) this.#cancel();
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.#update();
    });
  }

  #cancel() {
    this.#load?.abort();
    this.#load = null;
    this.#state = "";
    this.#settle((one) => one.reject(this.#encodingError()));
  }

  #update() {
    if (!this.#loads) return;
    if (this.#state !== "") {
      // A lazy image that has become eager begins now.
      if (this.#state === "lazy" && this.loading !== "lazy") this.#start();
      else if (this.#state === "lazy" && this.isConnected) this.#observe();
      return;
    }
    if (!this.hasAttribute("src")) {
      this.#currentSrc = "";
      this.#finish("", null, null);
    } else if (this.loading === "lazy") {
      this.#state = "lazy";
      if (this.isConnected) this.#observe();
    } else {
      this.#start();
    }
  }

  #observe() {
    this.#observer?.disconnect();
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (this.#state === "lazy" && entries.some((entry) => entry.isIntersecting)) this.#start();
      },
      { rootMargin: LAZY_MARGIN },
    );
    this.#observer.observe(this);
  }

  async #start() {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#state = "loading";
    const load = (this.#load = new AbortController());
    try {
      const url = this.#address();
      this.#currentSrc = url;
      const bytes = await fetchBytes(url, this, load.signal);
      const image = await this.#decoded(bytes, load.signal);
      if (load !== this.#load) return;
      paint(this.#canvas, image);
      this.#finish("complete", image, null);
      this.dispatchEvent(new Event("load"));
    } catch (error) {
      if (load !== this.#load) return;
      this.#finish("broken", null, error);
      this.dispatchEvent(new ErrorEvent("error", { error, message: error.message }));
    }
  }

  #address() {
    const src = this.getAttribute("src").trim();
    if (src === "") throw new TypeError("src is empty");
    return new URL(src, this.baseURI).href;
  }

  async #decoded(bytes, signal) {
    const { limits, deadline } = this.constructor;
    if (this.decoding === "sync") {
      try {
        return decode(bytes, { limits: { ...limits, work: Math.min(SYNC_WORK, limits.work ?? SYNC_WORK) } });
      } catch (e) {
        if (!(e instanceof KmqError) || e.reason !== "LIMIT_WORK") throw e;
      }
    }
    return decodeInWorker(bytes, { limits, deadline, signal, withRgba: true, transfer: true });
  }

  #finish(state, image, error) {
    this.#state = state;
    this.#load = null;
    this.#error = error;
    this.#image = image && { width: image.width, height: image.height };
    if (!image) this.#canvas.width = this.#canvas.height = 0;
    this.#show();
    this.#hint();
    this.#settle((one) => (state === "complete" ? one.resolve() : one.reject(this.#encodingError())));
  }

  #settle(how) {
    for (const one of this.#waiting.splice(0)) how(one);
  }

  #encodingError() {
    return new DOMException(this.#error?.message ?? "no image, or its source has changed", "EncodingError");
  }

  /** Canvas or text, and what assistive technology is given. */
  #show() {
    const alt = this.getAttribute("alt");
    const isBroken = this.#state === "broken";
    this.#canvas.hidden = this.#image === null;
    this.#alt.hidden = !isBroken;
    this.#alt.textContent = alt ?? "";
    this.#internals.role = alt === "" ? "none" : "img";
    this.#internals.ariaLabel = alt;
    if (!HAS_STATES) return;
    for (const state of ["broken", "complete"]) {
      if (state === this.#state) this.#internals.states.add(state);
      else this.#internals.states.delete(state);
    }
  }

  #hint() {
    setHints(this.#style, this.getAttribute("width"), this.getAttribute("height"), this.#image);
  }

  /** As rendered, without padding; else as given; else that of the image */
  #size(name, natural) {
    if (this.isConnected && this.getClientRects().length > 0) {
      const style = getComputedStyle(this);
      const [client, ...sides] = name === "width"
        ? [this.clientWidth, style.paddingLeft, style.paddingRight]
        : [this.clientHeight, style.paddingTop, style.paddingBottom];
      return Math.round(sides.reduce((size, padding) => size - parseFloat(padding), client));
    }
    const given = dimension(this.getAttribute(name));
    return given?.endsWith("px") ? Math.floor(parseFloat(given)) : natural;
  }
}

for (const name of REFLECTED) {
  const attribute = name.toLowerCase();
  const isNullable = name === "crossOrigin";
  Object.defineProperty(KmqImageElement.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = this.getAttribute(attribute);
      if (name === "src") return value === null ? "" : resolved(value, this.baseURI);
      if (name === "loading") return value?.toLowerCase() === "lazy" ? "lazy" : "eager";
      return value ?? (isNullable ? null : name === "decoding" || name === "fetchPriority" ? "auto" : "");
    },
    set(value) {
      if (value === null && isNullable) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
  });
}

function resolved(value, base) {
  try {
    return new URL(value, base).href;
  } catch {
    return value;
  }
}

if (globalThis.customElements && !customElements.get("kmq-img")) customElements.define("kmq-img", KmqImageElement);
