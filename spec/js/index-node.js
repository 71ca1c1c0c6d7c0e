// What the package exports in Node.

export { DEFAULT_LIMITS, FORMAT_LIMITS, KmqError, decode, palettes, toRgba } from "./kmq.js";
export { decodeInWorker } from "./web/node-pool.js";
export { toPng } from "./web/png.js";
export { setWorkerUrl } from "./web/worker-url.js";
