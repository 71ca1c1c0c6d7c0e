// Section 8.5 of kmq-1.md: a few mixed, adaptive decisions for each pixel, coded arithmetically.

import { ArithmeticDecoder, clamp } from "./arithmetic.js";
import { matchBits } from "./mix-matches.js";
import { LINES, MORE, Model, PREDICTIONS } from "./mix-model.js";
import { Tree } from "./mix-tree.js";

/** By palette: the tiles of a file share a tree. */
const trees = new WeakMap();

/** Bytes of the rows and tables that decoding a tile keeps, about. */
export function mixBytes(width, height, { withMatches }) {
  const n = Math.ceil(Math.log2(width * height));
  const [line, context] = [clamp(n, 9, 18), clamp(n - 2, 8, 15)];
  const counters = (LINES << line) + ((23 + (withMatches ? 2 * MORE.count : 0)) << context);
  const kept = withMatches ? 2 * (width + 16) * (height + 8) + 2 * 4 * 2 ** matchBits(width, height) : 0;
  const runMap = 2 << context;
  const rows = 4 * Uint16Array.BYTES_PER_ELEMENT + 2 * PREDICTIONS * Int32Array.BYTES_PER_ELEMENT;
  return Uint16Array.BYTES_PER_ELEMENT * counters + Int32Array.BYTES_PER_ELEMENT * runMap + rows * width + kept;
}

/** The indices of one tile. `refuse`, called with the name of a reason and a text, does not return. */
export function decodeMix(payload, raster, { palette, refuse, withMatches }) {
  const { width, height } = raster, decoder = new ArithmeticDecoder(payload, refuse);
  if (!trees.has(palette)) trees.set(palette, new Tree(palette));
  const model = new Model(width, height, trees.get(palette), decoder, withMatches);
  const { near, tree: { index } } = model;
  // Positions of four rows; column x is at x + 3, which leaves room for the outside neighbours of A-8.
  let [row, above, above2, above3] = Array.from({ length: 4 }, () => new Uint16Array(width + 6));
  for (let y = 0; y < height; y++) {
    const target = raster.row(y);
    row.fill(above[3], 0, 3);
    model.beginRow();
    model.matches?.beginRow(y);
    for (let x = 0; x < width; x++) {
      near[0] = row[x + 2]; near[1] = row[x + 1]; near[10] = row[x];
      near[2] = above[x + 3]; near[3] = above[x + 2]; near[4] = above[x + 1]; near[5] = above[x + 4];
      near[6] = above[x + 5]; near[11] = above[x]; near[12] = above[x + 6];
      near[7] = above2[x + 3]; near[8] = above2[x + 2]; near[9] = above2[x + 4];
      near[13] = above2[x + 1]; near[14] = above2[x + 5]; near[15] = above3[x + 3]; near[16] = above3[x + 4];
      model.grid = (x & 7) + 8 * (y & 7);
      row[x + 3] = model.pixel(x);
      model.matches?.add(row[x + 3]);
      target[x] = index[row[x + 3]];
    }
    row.fill(row[width + 2], width + 3);
    model.endRow();
    model.matches?.endRow();
    [above3, above2, above, row] = [above2, above, row, above3];
  }
  decoder.end();
}
