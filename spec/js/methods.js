// Section 8 of kmq-1.md: index methods.

import { inflate } from "./inflate.js";
import { decodeMix, mixBytes } from "./mix.js";
import { RansTables, decodeRans, ransBytes } from "./rans.js";

/** Bytes of a tile's packed form (I-3). */
export function packedLength(pixels, bitsPerIndex) {
  return Math.ceil((pixels * bitsPerIndex) / 8);
}

/** Section 8.2 */
export function decodePacked(payload, raster, { colors, bitsPerIndex, refuse }) {
  const mask = (1 << bitsPerIndex) - 1;
  let at = 0;
  let held = 0;
  let heldBits = 0;
  for (let y = 0; y < raster.height; y++) {
    const row = raster.row(y);
    for (let x = 0; x < row.length; x++) {
      while (heldBits < bitsPerIndex) {
        held = (held << 8) | payload[at++];
        heldBits += 8;
      }
      heldBits -= bitsPerIndex;
      const index = (held >> heldBits) & mask;
      if (index >= colors) refuse("INDEX_OUT_OF_RANGE", `index ${index} of ${colors}`); // I-2
      row[x] = index;
    }
  }
  if ((held & ((1 << heldBits) - 1)) !== 0) refuse("SPARE_BITS", "spare bits are set"); // I-4
}

/** Section 8.3 */
function decodeDeflate(payload, raster, parameters) {
  const { colors, bitsPerIndex, refuse } = parameters;
  const pixels = raster.width * raster.height;
  if (colors <= 16) {
    decodePacked(inflate(payload, packedLength(pixels, bitsPerIndex), refuse), raster, parameters);
    return;
  }
  const wide = colors > 256;
  const bytes = inflate(payload, wide ? 2 * pixels : pixels, refuse);
  let at = 0;
  for (let y = 0; y < raster.height; y++) {
    const row = raster.row(y);
    for (let x = 0; x < row.length; x++) {
      const index = wide ? (bytes[at++] << 8) | bytes[at++] : bytes[at++];
      if (index >= colors) refuse("INDEX_OUT_OF_RANGE", `index ${index} of ${colors}`); // D-6
      row[x] = index;
    }
  }
}

/** Section 8.4 */
function decodeRansTile(payload, raster, { tables, refuse }) {
  decodeRans(payload, tables, raster, refuse);
}

/**
 * By number. `cost`: of decoding a pixel (L-6). `workingBytes`: what decoding a tile takes that grows with it (L-5).
 * `framed`: whether a length precedes each payload (T-6). `decodePayload` fills the raster of a
 * tile. `tablesOf`, if shared tables precede the tiles, parses their bytes into the argument `tables`.
 */
export const METHODS = {
  0: { name: "packed", cost: 1, framed: false, decodePayload: decodePacked },
  1: { name: "deflate", cost: 4, framed: true, decodePayload: decodeDeflate },
  2: {
    name: "rans",
    cost: 20,
    framed: true,
    workingBytes: ransBytes,
    tablesOf: (data, palette, refuse) => new RansTables(data, palette, refuse),
    decodePayload: decodeRansTile,
  },
  3: { name: "mix", cost: 400, costWithMatches: 700, framed: true, workingBytes: mixBytes, decodePayload: decodeMix },
};
