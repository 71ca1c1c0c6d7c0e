// Width and height from the header of a file, before a browser decodes all of it.

/** The dimensions of a PNG, JPEG, WebP, GIF, BMP or AVIF file, or null if its header has none. */
export function dimensionsOf(bytes) {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at, length) => String.fromCharCode(...bytes.subarray(at, at + length));
  try {
    if (text(1, 3) === "PNG") return { width: data.getUint32(16), height: data.getUint32(20) };
    if (data.getUint16(0) === 0xffd8) return jpeg(data);
    if (text(0, 4) === "RIFF" && text(8, 4) === "WEBP") return webp(data, text(12, 4));
    if (text(0, 4) === "GIF8") return { width: data.getUint16(6, true), height: data.getUint16(8, true) };
    if (text(0, 2) === "BM") return { width: Math.abs(data.getInt32(18, true)), height: Math.abs(data.getInt32(22, true)) };
    if (text(4, 4) === "ftyp") return isobmff(data, text);
  } catch (e) {
    if (!(e instanceof RangeError)) throw e; // else it is cut
  }
  return null;
}

/** The frame header, after the segments before it. */
function jpeg(data) {
  for (let at = 2; ; ) {
    while (data.getUint8(at) === 0xff && data.getUint8(at + 1) === 0xff) at++;
    const marker = data.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { width: data.getUint16(at + 7), height: data.getUint16(at + 5) };
    if (data.getUint8(at) !== 0xff || marker === 0xda || marker === 0xd9) return null;
    at += 2 + data.getUint16(at + 2);
  }
}

function webp(data, chunk) {
  const uint24 = (at) => data.getUint16(at, true) | (data.getUint8(at + 2) << 16);
  if (chunk === "VP8X") return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (chunk === "VP8L") {
    const bits = data.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: data.getUint16(26, true) & 0x3fff, height: data.getUint16(28, true) & 0x3fff };
}

/** The largest of the extents that the box of metadata gives to images: that of the whole, not of a tile. */
function isobmff(data, text) {
  let largest = null;
  for (let at = 0; at + 8 <= data.byteLength && text(at + 4, 4) !== "mdat"; at += Math.max(8, data.getUint32(at))) {
    if (text(at + 4, 4) !== "meta") continue;
    const end = Math.min(at + data.getUint32(at), data.byteLength - 15);
    for (let i = at + 8; i < end; i++) {
      if (data.getUint32(i) !== 0x69737065) continue; // ispe
      const [width, height] = [data.getUint32(i + 8), data.getUint32(i + 12)];
      if (largest === null || width * height > largest.width * largest.height) largest = { width, height };
    }
  }
  return largest;
}
