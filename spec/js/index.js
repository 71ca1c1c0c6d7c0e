// What the package exports in browsers.

export { DEFAULT_LIMITS, FORMAT_LIMITS, KmqError, decode, palettes, toRgba } from "./kmq.js";
export { decodeInWorker } from "./web/browser-pool.js";
export { toPng } from "./web/png.js";
export { setWorkerUrl } from "./web/worker-url.js";
