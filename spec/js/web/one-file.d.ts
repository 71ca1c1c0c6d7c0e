export * from "../index.js";
export { KmqImageElement } from "./element.js";
export { registerServiceWorker } from "./register.js";
