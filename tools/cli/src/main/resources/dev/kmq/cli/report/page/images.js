// The embedded images, decoded when they are first shown.

import { FORMAT_LIMITS, decode, toRgba } from "../decoder/kmq.js";
import { readPng } from "./png.js";

/** Pixels that are kept decoded; the oldest images are dropped beyond them. */
const KEPT_PIXELS = 2 ** 26;

export class Images {
  constructor(embedded) {
    this.embedded = embedded;
    this.decoded = new Map();
  }

  name(number) {
    return this.embedded[number].name;
  }

  get count() {
    return this.embedded.length;
  }

  /** Width, height, rgba, and of a kmq file its palette and indices. */
  get(number) {
    const image = this.decoded.get(number) ?? read(this.embedded[number]);
    this.decoded.delete(number);
    this.decoded.set(number, image); // now the latest one
    const most = Math.max(2, Math.floor(KEPT_PIXELS / (image.width * image.height)));
    for (const oldest of this.decoded.keys()) {
      if (this.decoded.size <= most) break;
      this.decoded.delete(oldest);
    }
    return image;
  }
}

function read({ format, file }) {
  const bytes = Uint8Array.from(atob(file), (char) => char.charCodeAt(0));
  if (format === "png") return readPng(bytes);
  const image = decode(bytes, { limits: FORMAT_LIMITS });
  return { ...image, rgba: toRgba(image) };
}
