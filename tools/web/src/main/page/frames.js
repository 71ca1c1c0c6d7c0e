// Whether a file has more frames than the first, which is what a browser gives as an image.

/** Whether a GIF, WebP or AVIF file is animated; false for other formats, and if that part of it is missing. */
export function isAnimated(bytes) {
  const text = (at, length) => String.fromCharCode(...bytes.subarray(at, at + length));
  if (text(0, 4) === "GIF8") return hasFrames(bytes);
  if (text(0, 4) === "RIFF") return text(8, 8) === "WEBPVP8X" && (bytes[20] & 2) > 0;
  return text(4, 8) === "ftypavis";
}

/** Whether a GIF has more than one image. */
function hasFrames(bytes) {
  const table = (flags) => (flags & 0x80 ? 6 << (flags & 7) : 0);
  let at = 13 + table(bytes[10]);
  for (let images = 0; at < bytes.length; at++) {
    if (bytes[at] === 0x2c) {
      if (++images > 1) return true;
      at += 11 + table(bytes[at + 9]);
    } else if (bytes[at] === 0x21) {
      at += 2;
    } else {
      return false;
    }
    while (bytes[at] > 0) at += bytes[at] + 1;
  }
  return false;
}
