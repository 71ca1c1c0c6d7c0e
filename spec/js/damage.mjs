// Damaged files for tests: flipped bits, truncated and scrambled bytes, and corrected checksums.

import { packedLength } from "./methods.js";
import { crc32c, u32Bytes } from "./source.js";

/** A copy with one bit flipped; bit 0 is the most significant one of byte 0. */
export function flipped(bytes, bit) {
  const copy = bytes.slice();
  copy[bit >> 3] ^= 0x80 >> (bit & 7);
  return copy;
}

/** Numbers below n, the same ones for the same seed (xorshift32). */
export function random(seed) {
  let state = seed | 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

/** A copy with one to four bytes after the signature changed, removed or inserted. */
export function scrambled(bytes, next) {
  const copy = [...bytes];
  for (let times = 1 + next(4); times > 0; times--) {
    const at = 8 + next(Math.max(1, copy.length - 8));
    const what = next(8);
    if (what === 0) copy.splice(at, 1);
    else if (what === 1) copy.splice(at, 0, next(256));
    else if (what === 2) copy[at] = next(256);
    else copy[at] ^= 1 << next(8);
  }
  return Uint8Array.from(copy);
}

/** The position after the length that replaces `whole` bytes, and the value of the length. */
function lengthInsteadOf(bytes, at, whole) {
  return whole <= 256 ? [at + 1, bytes[at] ?? 0] : [at + 2, (bytes[at] << 8) | bytes[at + 1]];
}

function paletteEnd(bytes, at, entry, colors) {
  const raw = colors * (3 + (entry & 1));
  if (entry < 2) return at + raw;
  const [start, length] = lengthInsteadOf(bytes, at, raw);
  return start + length;
}

/** Position of the checksum of a short file. */
function shortEnd(bytes) {
  const colors = bytes[13] + 1;
  let at = paletteEnd(bytes, 14, bytes[10] >> 4, colors);
  if ((bytes[10] & 15) === 2 && colors > 1) at += 2 + ((bytes[at] << 8) | bytes[at + 1]);
  const packed = packedLength((bytes[11] + 1) * (bytes[12] + 1), 32 - Math.clz32(colors - 1));
  const [start, length] = lengthInsteadOf(bytes, at, packed);
  return start + (length === 0 ? packed : length);
}

/**
 * Corrects every checksum that a reader which follows the lengths in the file finds, so that damage
 * reaches the code after the checksum tests. Stops at lengths that lead out of the file.
 */
export function repair(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const put = (from, to, ...values) => {
    if (to + 4 > bytes.length) return bytes.length;
    view.setUint32(to, crc32c(bytes.subarray(from, to), crc32c(u32Bytes(...values))));
    return to + 4;
  };
  if (bytes.length > 14 && bytes[8] === 1 && (bytes[9] & 2) !== 0) {
    put(0, shortEnd(bytes));
    return bytes;
  }
  if (bytes.length < 24) return bytes;
  const colors = view.getUint16(20) + 1;
  let at = put(0, paletteEnd(bytes, 24, bytes[11], colors));
  const flagless = bytes.slice(0, at - 4);
  flagless[9] &= 0xfe;
  let seed = crc32c(flagless);
  const lengthAt = (offset) => (offset + 4 <= bytes.length ? view.getUint32(offset) : bytes.length);
  for (let last = !(bytes[9] & 1); !last && at < bytes.length; ) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const data = at + 8;
    at = put(at, data + lengthAt(at + 4));
    if (type === "iCCP" && bytes[22] === 1) seed = crc32c(bytes.subarray(data, at - 4), seed);
    last = type === "KPIX";
  }
  const method = bytes[10];
  if (method === 2 && colors > 1) at = put(at, at + 4 + lengthAt(at), seed);
  const [width, height] = [view.getUint32(12), view.getUint32(16)];
  const size = (code, full) => (code === 0 ? full : Math.min(full, 2 ** (code + 3)));
  const tileWidth = size(bytes[23] >> 4, width);
  const tileHeight = size(bytes[23] & 15, height);
  let tile = 0;
  for (let y = 0; y < height && at < bytes.length; y += tileHeight) {
    for (let x = 0; x < width && at < bytes.length; x += tileWidth, tile++) {
      const pixels = Math.min(tileWidth, width - x) * Math.min(tileHeight, height - y);
      const length = packedLength(pixels, 32 - Math.clz32(colors - 1));
      at = put(at, method === 0 ? at + length : at + 4 + (lengthAt(at) % 2 ** 31), seed, tile);
    }
  }
  return bytes;
}
