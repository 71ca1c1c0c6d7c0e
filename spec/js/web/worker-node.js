// Decodes in a worker of Node.

import { parentPort } from "node:worker_threads";
import { answer } from "./messages.js";

parentPort.on("message", (message) => parentPort.postMessage(...answer(message)));
