// What a page and its worker send each other. Structured clones lose classes and methods.

import { KmqError, decode, toRgba } from "../kmq.js";

/** In the worker: the answer to a request, and the buffers that go with it. */
export function answer({ bytes, options, withRgba }) {
  try {
    const { toImageData, ...image } = decode(bytes, options);
    const transfer = [image.indices.buffer];
    if (withRgba) {
      image.rgba = toRgba(image);
      transfer.push(image.rgba.buffer);
    }
    if (image.fault) image.fault = plain(image.fault);
    return [{ image }, transfer];
  } catch (e) {
    return [{ error: plain(e) }, []];
  }
}

function plain({ name, message, reason, offset }) {
  return { name, message, reason, offset };
}

/** In the page: the image in an answer, or throws the error. */
export function imageOf({ image, error }) {
  if (error) throw revived(error);
  if (image.fault) image.fault = revived(image.fault);
  const { rgba, ...rest } = image;
  const pixels = () => rgba ?? toRgba(image);
  return { ...rest, toImageData: () => new ImageData(pixels(), image.width, image.height) };
}

function revived({ name, message, reason, offset }) {
  if (name === "KmqError") return Object.assign(new KmqError(reason, "", offset), { message });
  const type = { TypeError, RangeError }[name] ?? Error;
  return new type(message);
}
