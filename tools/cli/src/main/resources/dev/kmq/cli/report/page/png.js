// Reads the PNG files that kmq embeds: 8 bits per sample, RGB or RGBA, not interlaced. A canvas would
// give back the colours of translucent pixels only approximately.

import { inflate } from "../decoder/inflate.js";
import { u32 } from "../decoder/source.js";

/** Width, height and pixels (red, green, blue, alpha; straight) of a PNG. */
export function readPng(bytes) {
  const parts = [];
  let header;
  for (let at = 8; at < bytes.length; ) {
    const length = u32(bytes, at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") header = data;
    if (type === "IDAT") parts.push(data);
    at += length + 12;
  }
  const [width, height] = [u32(header, 0), u32(header, 4)];
  const samples = header[9] === 6 ? 4 : 3;
  const rows = inflate(joined(parts), height * (1 + width * samples), (reason, text) => {
    throw new Error(`the embedded PNG is damaged: ${text}`);
  });
  return { width, height, rgba: pixels(rows, width, height, samples) };
}

/** The DEFLATE stream in the IDAT chunks, without the two bytes before it and the checksum after it. */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.subarray(2, all.length - 4);
}

function pixels(rows, width, height, samples) {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  const stride = width * samples;
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    const row = rows.subarray(start + 1, start + 1 + stride);
    unfilter(rows[start], row, above, samples);
    for (let x = 0, from = 0, to = 4 * y * width; x < width; x++, to += 4) {
      for (let i = 0; i < samples; i++) rgba[to + i] = row[from++];
    }
    above = row;
  }
  return rgba;
}

/** Restores a row in place. */
function unfilter(filter, row, above, samples) {
  for (let i = 0; filter !== 0 && i < row.length; i++) {
    const left = i < samples ? 0 : row[i - samples];
    const corner = i < samples ? 0 : above[i - samples];
    if (filter === 1) row[i] += left;
    else if (filter === 2) row[i] += above[i];
    else if (filter === 3) row[i] += (left + above[i]) >> 1;
    else row[i] += paeth(left, above[i], corner);
  }
}

function paeth(left, up, corner) {
  const sum = left + up - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
