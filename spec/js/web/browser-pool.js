import { decoderPool } from "./pool.js";
import { startWorker } from "./start-worker.js";

export const decodeInWorker = decoderPool(startWorker);
