// Writes a decoded image as PNG: what it shows, with the profile and the resolution of the file.

import { toRgba } from "../kmq.js";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOR_TYPES = { rgb: 2, indexed: 3, rgba: 6 };
const MAX_CHUNK = 2 ** 31 - 1;

const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/**
 * The bytes of a PNG: indexed for up to 256 colours, else 8 bits a channel.
 *
 * @param image as `decode` returns it
 * @returns a promise of a Uint8Array
 */
export async function toPng(image) {
  const { width, height, colors, palette, chunks, colorSpace } = image;
  const isOpaque = isOpaquePalette(palette);
  const bits = colors > 256 ? 8 : [1, 2, 4, 8].find((depth) => colors <= 1 << depth);
  const type = colors <= 256 ? "indexed" : isOpaque ? "rgb" : "rgba";
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([bits, COLOR_TYPES[type]], 8);
  const parts = [SIGNATURE, ...chunk("IHDR", header)];
  const dataOf = (name) => chunks.find((one) => one.type === name)?.data;
  const profile = colorSpace === "icc" ? dataOf("iCCP") : undefined;
  if (profile) parts.push(...chunk("iCCP", joined([latin("ICC profile"), Uint8Array.of(0, 0), await deflated(profile)])));
  else parts.push(...chunk("sRGB", Uint8Array.of(0)));
  const resolution = dataOf("pHYs");
  if (resolution) parts.push(...chunk("pHYs", joined([resolution, Uint8Array.of(1)])));
  if (type === "indexed") parts.push(...paletteChunks(palette, isOpaque));
  const rows = type === "indexed" ? packedRows(image, bits) : channelRows(image, isOpaque ? 3 : 4);
  const data = await deflated(rows);
  for (let at = 0; at < data.length; at += MAX_CHUNK) parts.push(...chunk("IDAT", data.subarray(at, at + MAX_CHUNK)));
  parts.push(...chunk("IEND", new Uint8Array(0)));
  return joined(parts);
}

function isOpaquePalette(palette) {
  for (let i = 3; i < palette.length; i += 4) if (palette[i] < 255) return false;
  return true;
}

/** PLTE, and tRNS up to the last entry that is not opaque */
function paletteChunks(palette, isOpaque) {
  const colors = palette.length / 4;
  const rgb = new Uint8Array(3 * colors);
  const alpha = new Uint8Array(colors);
  let translucent = 0;
  for (let i = 0; i < colors; i++) {
    rgb.set(palette.subarray(4 * i, 4 * i + 3), 3 * i);
    alpha[i] = palette[4 * i + 3];
    if (alpha[i] < 255) translucent = i + 1;
  }
  return [...chunk("PLTE", rgb), ...(isOpaque ? [] : chunk("tRNS", alpha.subarray(0, translucent)))];
}

/** Rows of indices, each after a byte 0: no filter. */
function packedRows({ width, height, indices }, bits) {
  const stride = 1 + Math.ceil((width * bits) / 8);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const row = indices.subarray(y * width, (y + 1) * width);
    const start = y * stride + 1;
    if (bits === 8) rows.set(row, start);
    else for (let x = 0; x < width; x++) rows[start + ((x * bits) >> 3)] |= row[x] << (8 - bits - ((x * bits) & 7));
  }
  return rows;
}

function channelRows(image, channels) {
  const { width, height } = image;
  const rgba = toRgba(image);
  const rows = new Uint8Array((1 + channels * width) * height);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    to++;
    for (let x = 0; x < width; x++, from += 4) for (let c = 0; c < channels; c++) rows[to++] = rgba[from + c];
  }
  return rows;
}

function chunk(type, data) {
  const start = new Uint8Array(8);
  const end = new Uint8Array(4);
  new DataView(start.buffer).setUint32(0, data.length);
  start.set(latin(type), 4);
  new DataView(end.buffer).setUint32(0, ~crc32(data, crc32(start.subarray(4), -1)));
  return [start, data, end];
}

function crc32(bytes, before) {
  let crc = before;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC[(crc ^ bytes[i]) & 255];
  return crc;
}

function latin(text) {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** In the format of zlib, which PNG uses */
async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
