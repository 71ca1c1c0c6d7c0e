// Opening: files that are chosen, dropped or pasted, and samples.

import { EngineError } from "./engine.js";
import { grouped, part } from "./report/dom.js";

/** As the engine: a page has little memory. */
export const MOST_PIXELS = 2 ** 25;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KMQ = [0xcb, 0x4b, 0x4d, 0x51];

/** An image that cannot be opened; the message is for users. */
export class OpenError extends Error {}

/** Calls `onFile` with a blob, its name and notes for the user, `onError` with what is wrong. */
export function offerFiles(onFile, onError) {
  const take = (files) => {
    if (files.length === 0) onError(new OpenError("That is not a file. Save the image, then drop or choose its file."));
    else give(files, files[0].name);
  };
  const give = (files, name) => {
    const more = files.length > 1 ? [`Of ${grouped(files.length)} files, the first is open.`] : [];
    onFile(files[0], name, more);
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
    give(files, files[0].name === "image.png" ? "pasted.png" : files[0].name);
  });
  for (const button of document.querySelectorAll("[data-sample]")) {
    const name = button.dataset.sample;
    button.addEventListener("click", async () => {
      try {
        const response = await fetch(`samples/${name}`);
        if (!response.ok) throw new Error(response.statusText);
        onFile(await response.blob(), name, []);
      } catch {
        onError(new OpenError(`The sample ${name} cannot be loaded. Is the network there?`));
      }
    });
  }
}

/** Reads a file into the engine: PNG and .kmq as they are, others as the browser decodes them. */
export async function openFile(engine, blob, name) {
  let bytes;
  try {
    bytes = new Uint8Array(await blob.arrayBuffer());
  } catch {
    throw new OpenError(`${name} cannot be read. Was it moved, or is it a folder?`);
  }
  if (bytes.length === 0) throw new OpenError(`${name} is empty.`);
  if (starts(bytes, PNG) || starts(bytes, KMQ)) {
    const image = await engine.openFile(bytes).catch((e) => {
      throw e instanceof EngineError ? new OpenError(`${name} cannot be opened: ${e.message}`) : e;
    });
    return { ...image, name, length: bytes.length };
  }
  const pixels = await decoded(blob, name);
  return { ...(await engine.openPixels({ ...pixels, name })), name, length: bytes.length };
}

const starts = (bytes, signature) => signature.every((byte, i) => bytes[i] === byte);

async function decoded(blob, name) {
  const bitmap = await createImageBitmap(blob).catch(() => {
    throw new OpenError(`${name} is not an image that this browser can decode, or it is damaged.`);
  });
  try {
    const { width, height } = bitmap;
    if (width * height > MOST_PIXELS) {
      throw new OpenError(
        `${name} is too large: ${grouped(width)} × ${grouped(height)} pixels are more than the ` +
          `${grouped(MOST_PIXELS)} that this page takes. Make it smaller, or use the kmq command.`,
      );
    }
    return { width, height, rgba: pixelsOf(bitmap) };
  } finally {
    bitmap.close();
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
