// Decodes in a worker of a browser or of Node: the source of dist/kmq-worker.js.

import { answer } from "./messages.js";

const isNode = globalThis.process?.versions?.node !== undefined;
const port = isNode ? (await import("node:worker_threads")).parentPort : self;
port.onmessage = ({ data }) => port.postMessage(...answer(data));
