// Reads PNG as toPng writes it: no filters but 0, not interlaced.

import { inflateSync } from "node:zlib";

export function readPng(bytes) {
  const data = Buffer.from(bytes);
  const chunks = [];
  const parts = {};
  for (let at = 8; at < data.length; at += 12 + data.readUInt32BE(at)) {
    const type = data.toString("latin1", at + 4, at + 8);
    chunks.push(type);
    parts[type] = Buffer.concat([parts[type] ?? Buffer.alloc(0), data.subarray(at + 8, at + 8 + data.readUInt32BE(at))]);
  }
  const [width, height] = [parts.IHDR.readUInt32BE(0), parts.IHDR.readUInt32BE(4)];
  const [bits, colorType] = parts.IHDR.subarray(8, 10);
  const channels = { 2: 3, 3: 1, 6: 4 }[colorType];
  const rows = inflateSync(parts.IDAT);
  const stride = 1 + Math.ceil((width * channels * bits) / 8);
  const rgba = new Uint8Array(4 * width * height).fill(255);
  for (let y = 0, to = 0; y < height; y++) {
    const row = rows.subarray(y * stride + 1, (y + 1) * stride);
    if (rows[y * stride] !== 0) throw new Error("a filter");
    for (let x = 0; x < width; x++, to += 4) {
      if (colorType !== 3) {
        for (let c = 0; c < channels; c++) rgba[to + c] = row[channels * x + c];
        continue;
      }
      const index = (row[(x * bits) >> 3] >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
      for (let c = 0; c < 3; c++) rgba[to + c] = parts.PLTE[3 * index + c];
      rgba[to + 3] = parts.tRNS?.[index] ?? 255;
    }
  }
  return { width, height, colorType, rgba, chunks };
}
