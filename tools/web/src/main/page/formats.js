// Files of other formats, as this browser writes them.

import { pixelsOf } from "./open.js";

/** What is compared; PNG is lossless. */
export const FORMATS = [
  { name: "WebP", type: "image/webp", quality: 80 },
  { name: "JPEG", type: "image/jpeg", quality: 80, opaque: true },
  { name: "PNG", type: "image/png" },
];

/** Qualities in the plot. */
export const QUALITIES = [20, 40, 60, 75, 85, 92, 97];

/** Why a format is not written of an image, or null. */
export function obstacle({ name, opaque }, image) {
  return opaque && image.alpha ? `${name} cannot store alpha, which this image has.` : null;
}

/** The file of an image: its bytes and its pixels; null if this browser does not write the format. */
export async function written({ width, height, rgba }, { type, quality }, signal) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d").putImageData(new ImageData(rgba, width, height), 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, type, quality && quality / 100));
  if (blob === null || blob.type !== type) return null;
  const bitmap = await createImageBitmap(blob);
  signal.throwIfAborted();
  try {
    return { bytes: blob.size, rgba: pixelsOf(bitmap) };
  } finally {
    bitmap.close();
  }
}
