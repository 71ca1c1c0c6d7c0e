// Opening: files that are chosen, dropped or pasted, and samples.

import { dimensionsOf } from "./dimensions.js";
import { EngineError } from "./engine.js";
import { isAnimated } from "./frames.js";
import { grouped, part } from "./report/dom.js";

/** As the engine: a page has little memory. */
export const MOST_PIXELS = 2 ** 25;

/** Files beyond this are not read: no image that the page takes needs them. */
const MOST_BYTES = 2 ** 29;

const SVG = "image/svg+xml";
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KMQ = [0xcb, 0x4b, 0x4d, 0x51];

/** An image that cannot be opened; the message is for users. */
export class OpenError extends Error {}

/** Calls `onFile` with a blob, its name, notes for the user and whether it was pasted, `onError` with what is wrong. */
export function offerFiles(onFile, onError) {
  let latest = 0; // a sample that comes after another file was chosen is not opened
  const take = (files) => {
    if (files.length === 0) onError(new OpenError("That is not a file. Save the image, then drop or choose its file."));
    else give(files, files[0].name);
  };
  const give = (files, name, pasted = false) => {
    latest++;
    const more = files.length > 1 ? [`Only the first of ${grouped(files.length)} files is open.`] : [];
    onFile(files[0], name, { notes: more, pasted });
  };
  part("file").addEventListener("change", () => {
    const files = [...part("file").files];
    part("file").value = ""; // so that the same file can be chosen again
    if (files.length > 0) take(files);
  });
  let inside = 0;
  const over = (change) => {
    inside = Math.max(0, change);
    document.body.classList.toggle("over", inside > 0);
  };
  document.addEventListener("dragenter", () => over(inside + 1));
  document.addEventListener("dragleave", () => over(inside - 1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(0);
    take(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    const { files } = event.clipboardData;
    if (files.length === 0) return; // text for an input
    event.preventDefault();
    const pasted = files[0].name === "image.png"; // browsers give this name to images that are no files
    give(files, pasted ? "pasted.png" : files[0].name, pasted);
  });
  for (const button of document.querySelectorAll("[data-sample]")) {
    const name = button.dataset.sample;
    button.addEventListener("click", async () => {
      const own = ++latest;
      try {
        const response = await fetch(`samples/${name}`);
        if (!response.ok) throw new Error(response.statusText);
        const blob = await response.blob();
        if (own === latest) onFile(blob, name, { notes: [], pasted: false });
      } catch {
        if (own === latest) onError(new OpenError(`The sample ${name} cannot be loaded. Check the network connection.`));
      }
    });
  }
}

/**
 * Reads a file into the engine: PNG and .kmq as they are, others as the browser decodes them.
 *
 * @param signal ends it before the engine is reached; reading and decoding in the browser go on unseen
 */
export async function openFile(engine, blob, name, signal) {
  if (blob.size > MOST_BYTES) {
    throw new OpenError(`${name} is too large: this page takes files of up to ${grouped(MOST_BYTES)} bytes. Use the kmq command.`);
  }
  const bytes = await blob.arrayBuffer().catch(() => {
    throw new OpenError(`${name} cannot be read. Was it moved, or is it a folder?`);
  });
  signal.throwIfAborted();
  const file = new Uint8Array(bytes);
  const { length } = file;
  if (length === 0) throw new OpenError(`${name} is empty.`);
  checkSize(dimensionsOf(file), name);
  if (starts(file, PNG) || starts(file, KMQ)) {
    const image = await engine.openFile(file).catch((e) => {
      throw e instanceof EngineError ? new OpenError(sentence(name, e)) : e;
    });
    return { ...image, name, length };
  }
  const pixels = await decoded(blob, name);
  signal.throwIfAborted();
  const image = await engine.openPixels({ ...pixels, name });
  const notes = isAnimated(file) ? ["Only the first frame is kept, not the animation."] : [];
  return { ...image, notes: [...image.notes, ...notes], name, length, type: blob.type };
}

const starts = (bytes, signature) => signature.every((byte, i) => bytes[i] === byte);

/** What to do about files that cannot be opened. */
const ADVICE = {
  damaged: "Save or download the file again.",
  unsupported: "A newer version of kmq may open it.",
  "too large": "Make it smaller, or use the kmq command.",
};

function sentence(name, { kind, what, message }) {
  return what === undefined ? `${name} cannot be opened. ${message}` : `${name} cannot be opened: ${what}. ${ADVICE[kind]}`;
}

function checkSize(size, name) {
  if (size === null || size.width * size.height <= MOST_PIXELS) return;
  throw new OpenError(
    `${name} is too large: ${grouped(size.width)} × ${grouped(size.height)} pixels are more than the ` +
      `${grouped(MOST_PIXELS)} that this page takes. Make it smaller, or use the kmq command.`,
  );
}

async function decoded(blob, name) {
  const bitmap = await (blob.type === SVG ? drawn(blob, name) : createImageBitmap(blob)).catch((e) => {
    if (e instanceof OpenError) throw e;
    throw new OpenError(`${name} is not an image that this browser can decode, or it is damaged.`);
  });
  try {
    const { width, height } = bitmap;
    checkSize(bitmap, name); // headers of some formats are not read
    return { width, height, rgba: pixelsOf(bitmap) };
  } finally {
    bitmap.close();
  }
}

/** A drawing as pixels of its own size; browsers do this for images of pages alone. */
async function drawn(blob, name) {
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  try {
    await image.decode();
    checkSize(image, name);
    return await createImageBitmap(image);
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** The pixels of a decoded image, in sRGB. */
export function pixelsOf(bitmap) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}
