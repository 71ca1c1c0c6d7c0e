// Decodes in a worker of a browser.

import { answer } from "./messages.js";

self.onmessage = ({ data }) => self.postMessage(...answer(data));
