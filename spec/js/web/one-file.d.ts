export * from "../index.js";
export { KmqImageElement } from "./element.js";
