import { decoderPool } from "./pool.js";
import { startWorker } from "./start-worker-node.js";

export const decodeInWorker = decoderPool(startWorker);
