// M-30 to M-32 of kmq-1.md: matches, for images that repeat themselves.

import { clamp } from "./arithmetic.js";
import { hash, top } from "./mix-classes.js";
import { arrays } from "./mix-tree.js";

const NONE = -1;

export class Matches {
  constructor(width, height) {
    this.width = width;
    this.stride = width + 16;
    this.pixels = new Uint16Array(this.stride * (height + 8));
    this.bits = matchBits(width, height);
    [this.far, this.near] = arrays(2, 1 << this.bits);
    [this.place, this.length, this.predicted, this.lengthClass] = [0, 0, NONE, 0];
  }

  beginRow(y) {
    this.at = (y + 8) * this.stride + 8;
    this.pixels.fill(this.pixels[this.at - this.stride], this.at - 8, this.at);
    if (y > 0) this.place += 16;
  }

  endRow() {
    this.pixels.fill(this.pixels[this.at - 1], this.at, this.at + 8);
  }

  look(nearHash) {
    const { pixels, at, stride } = this;
    let above = 0, row = 0;
    for (let d = -6; d <= 6; d++) {
      const n = at + d - stride;
      above = (Math.imul(above, 0x9e3779b1) + (pixels[n] | (pixels[n - stride] << 16))) | 0;
    }
    for (let d = 7; d >= 1; d--) row = (Math.imul(row, 0x9e3779b1) + pixels[at - d]) | 0;
    this.farEntry = top(hash(above, row), this.bits);
    this.nearEntry = top(nearHash, this.bits);
    if (this.length === 0) {
      const far = this.far[this.farEntry], near = this.near[this.nearEntry];
      this.place = far || near;
      this.length = far > 0 ? 8 : near > 0 ? 1 : 0;
    }
    this.predicted = this.length > 0 ? pixels[this.place] : NONE;
    this.lengthClass = LENGTH_CLASSES[Math.min(this.length, 128)];
    this.far8 = pixels[at - 8] | (pixels[at - 8 * stride] << 16);
  }

  add(p) {
    this.length = p === this.predicted ? this.length + 1 : 0;
    this.far[this.farEntry] = this.near[this.nearEntry] = this.at;
    this.pixels[this.at++] = p;
    this.place++;
  }
}

const CLASS_STARTS = [1, 2, 3, 4, 8, 12, 16, 24, 32, 64, 128];
/** M-32, by length */
const LENGTH_CLASSES = Uint8Array.from({ length: 129 }, (_, length) => CLASS_STARTS.filter((least) => least <= length).length);
export const matchBits = (width, height) => clamp(Math.ceil(Math.log2(width * height)), 10, 18);
