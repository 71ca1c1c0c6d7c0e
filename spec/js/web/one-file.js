// The build of one file: all for a page.

export * from "../index.js";
export { KmqImageElement } from "./element.js";
export { registerServiceWorker } from "./register.js";
