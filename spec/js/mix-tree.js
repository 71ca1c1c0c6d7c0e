// M-1 to M-3 of kmq-1.md: the palette as a tree.

import { relativeClass } from "./mix-classes.js";

export const arrays = (number, length) => Array.from({ length: number }, () => new Int32Array(length));

/** M-1 to M-3: the palette as a tree; inner nodes by their number, leaves by their position. */
export class Tree {
  /** @param palette K entries of red, green, blue, alpha */
  constructor(palette) {
    const k = (this.k = palette.length / 4);
    /** The index at each position. */
    this.index = Uint16Array.from({ length: k }, (_, i) => i);
    [this.offset, this.steepness, this.closeness] = arrays(3, k);
    [this.normal, this.color] = arrays(2, 4 * k);
    this.halve(palette, 0, k);
    this.index.forEach((i, p) => this.color.set(palette.subarray(4 * i, 4 * i + 4), 4 * p));
  }

  halve(palette, from, to) {
    if (to - from < 2) return;
    const m = (from + to) >> 1;
    const part = this.index.subarray(from, to);
    const spreads = CHANNELS.map((c) => spread(Uint8Array.from(part, (i) => palette[4 * i + c])));
    const channel = spreads.indexOf(Math.max(...spreads));
    // Value and index in one number, so that sorting numbers sorts by both; `part` keeps the low 16 bits.
    part.set(Uint32Array.from(part, (i) => palette[4 * i + channel] * 65536 + i).sort());
    // The last node to set the closeness of a leaf is its parent.
    const halves = [this.index.subarray(from, m), this.index.subarray(m, to)];
    this.closeness[from] = this.closeness[m] = this.setNode(m, ...halves.map((half) => mean(palette, half)));
    this.halve(palette, from, m);
    this.halve(palette, m, to);
  }

  /** M-2; returns the closeness */
  setNode(m, left, right) {
    const v = left.map((value, c) => right[c] - value);
    const s = v.reduce((sum, value) => sum + Math.abs(value), 0);
    const l = Math.floor(Math.sqrt(256 * v.reduce((sum, value) => sum + value * value, 0)));
    if (l > 0) {
      const n = v.map((value) => Math.floor((4096 * value + (l >> 1)) / l));
      this.normal.set(n, 4 * m);
      this.offset[m] = n.reduce((sum, value, c) => sum + value * (left[c] + right[c]), 0) >> 3;
      this.steepness[m] = Math.min(65535, Math.floor(1572864 / l));
    }
    return s <= 2 ? 2 ** 19 - 1 : Math.floor(2 ** 20 / s);
  }

  /** M-3 */
  plane(q, m) {
    const { normal } = this, at = 4 * m;
    return q[0] * normal[at] + q[1] * normal[at + 1] + q[2] * normal[at + 2] + q[3] * normal[at + 3] - this.offset[m];
  }

  /** M-5 */
  apart(p, q) {
    let sum = 0;
    if (p !== q) for (let c = 0; c < 4; c++) sum += Math.abs(this.color[4 * p + c] - this.color[4 * q + c]);
    return sum;
  }

  /** M-6: the position of the leaf that q leads to */
  leafOf(q) {
    let from = 0, to = this.k;
    while (to - from > 1) {
      const m = (from + to) >> 1;
      if (this.plane(q, m) >= 0) from = m;
      else to = m;
    }
    return from;
  }

  /** z of M-24 */
  relative(q, p) {
    let sum = 0;
    for (let c = 0; c < 4; c++) sum += Math.abs(q[c] - 4 * this.color[4 * p + c]);
    return relativeClass((this.closeness[p] * sum) >> 16);
  }
}

const CHANNELS = [0, 1, 2, 3];
const spread = (values) => values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));

// M-2: the mean of a half, in sixteenths.
const mean = (palette, half) =>
  CHANNELS.map((c) => Math.floor((16 * half.reduce((sum, i) => sum + palette[4 * i + c], 0)) / half.length));
