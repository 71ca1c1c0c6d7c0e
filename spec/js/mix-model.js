// Section 8.5 of kmq-1.md: the tables of a tile, and the decisions of a pixel.

import { COUNTS, MAX_ODDS, SQUASH, STEP, STRETCH, clamp, halved, limit } from "./arithmetic.js";
import { hash, place, planeClass, stepClass, top, weightClass } from "./mix-classes.js";
import { Matches } from "./mix-matches.js";
import { arrays } from "./mix-tree.js";

export const LINES = 8;
const SET_SIZE = 17, APM_SIZE = 25;

// M-4: W, WW, N, NW, NWW, NE, NEE, NN, NNW, NNE, and u0 to u6.
const NEIGHBORS = 17, NAMED = 10, NONE = -1;
const WEIGHTS = Uint8Array.of(6, 3, 6, 4, 2, 4, 2, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1);

// M-10: where the weight sets of each use begin, and the numbered counters of M-21.
const SETS = { flagEdges: 0, flagActivity: 64, node: 96, nodeActivity: 1120, even: 1264, evenFar: 1265, count: 1393,
  matchEven: 1393, matchFlag: 1425, matchNode: 1489, countWithMatches: 1553 };
const NUMBERED = { even: 128, count: 256, matchFlag: 256, matchEven: 320, matchNode: 352, countWithMatches: 416 };
// M-30: contexts by kind of decision, one after another: flag 0, flag 1, nodes, even places.
export const MORE = { flag: 4, node: 8, even: 12, count: 13 };

/** -1 if p = q, else 0: branches on what neighbours are would be unpredictable */
const same = (p, q) => ((p ^ q) - 1) >> 31;

/** M-5: the activity of every sum of six */
const CLASS_STARTS = [1, 2, 3, 4, 6, 8, 13, 19, 28, 43, 64, 97, 147, 223, 338];
const CLASS_OF = Uint8Array.from({ length: 6121 }, (_, d) => CLASS_STARTS.filter((value) => value <= d).length);

// M-6: predictions, columns outside of the tile on each side, and the share by the sum of errors, rounded down.
export const PREDICTIONS = 6;
const MARGIN = 2, MAX_ERRORS = 2047;
const SHARES = Int32Array.from({ length: MAX_ERRORS + 1 }, (_, sum) => 2 ** 24 / (sum + 16) ** 2);
/** gradient of M-6 */
const gradient = (p, q, r) => clamp(p + q - r, 0, 255);

/** side(p) of M-27: 1 if p is in the left half of a node, 2 if in its right half, else 0 */
const side = (p, from, m, to) => (p < from || p >= to ? 0 : p < m ? 1 : 2);

/** The tables of one tile (M-10), and a pixel's decisions. */
export class Model {
  constructor(width, height, tree, decoder, withMatches) {
    [this.tree, this.decoder] = [tree, decoder];
    this.matches = withMatches ? new Matches(width, height) : null;
    let n = 0;
    while (2 ** n < width * height) n++;
    [this.lineBits, this.contextBits] = [clamp(n, 9, 18), clamp(n - 2, 8, 15)];
    this.apmBits = clamp(n - 10, 3, 8);
    // All counters in one array, table after table.
    let counters = 0;
    const table = (number, bits) => (counters += number << bits) - (number << bits);
    this.lines = table(LINES, this.lineBits);
    this.flags = table(14, this.contextBits);
    this.evens = table(1, this.contextBits);
    this.nodes = table(4, this.contextBits + 1);
    this.numbered = table(NUMBERED.countWithMatches, 0);
    this.more = table(withMatches ? MORE.count : 0, this.contextBits + 1);
    this.counters = new Uint16Array(counters).fill(2048);
    this.weights = new Int32Array(SETS.countWithMatches * SET_SIZE).fill(9000);
    this.updates = new Int32Array(SETS.countWithMatches);
    const apm = Array.from({ length: APM_SIZE }, (_, i) => SQUASH[limit(256 * i - 3072) + MAX_ODDS]);
    this.apms = new Uint16Array((4 << this.apmBits) * APM_SIZE);
    for (let i = 0; i < this.apms.length; i += APM_SIZE) this.apms.set(apm, i);
    [this.runPositions, this.runLengths] = arrays(2, 1 << this.contextBits);
    // M-6: errors in this row and the one above, six for each column; those of column x begin at 6 * (x + MARGIN).
    [this.errors, this.errorsAbove] = arrays(2, PREDICTIONS * (width + 2 * MARGIN));
    // The inputs of a decision: where their counters are, and their odds. Then what belongs to a pixel.
    [this.input, this.odds, this.values] = arrays(3, SET_SIZE);
    [this.hashes, this.line] = arrays(2, LINES);
    [this.predictedColor, this.slopeW, this.slopeN, this.slopeNE] = arrays(4, 4);
    [this.predictions, this.shares] = [new Int32Array(4 * PREDICTIONS), new Int32Array(PREDICTIONS)];
    [this.edges, this.outer, this.activity, this.runLength, this.runPosition] = [0, 0, 0, 0, NONE];
    [this.hashNamed, this.hashAll] = [0, 0];
    this.near = new Int32Array(NEIGHBORS);
  }

  /**
   * M-14 to M-20, with the first `count` of `input`; of `apm` the low bits count. The sums of M-16 are
   * those of the upper 17 and of the lower 15 bits of the weights, so that both fit in 32 bits.
   */
  decision(count, setA, setB, kind, apm) {
    const { counters, weights, input, odds, values, apms } = this;
    const a = setA * SET_SIZE, b = setB * SET_SIZE;
    let highA = 0, highB = 0, lowA = 32768, lowB = 32768, moreA = 0, moreB = 0;
    for (let i = 0; i < count; i++) {
      // 12 products fit; with matches there are up to 17.
      if (i === 12) {
        moreA = highA;
        moreB = highB;
        highA = highB = 0;
      }
      const value = (values[i] = counters[input[i]]);
      const v = (odds[i] = STRETCH[value & 4095]), weightA = weights[a + i], weightB = weights[b + i];
      highA = (highA + Math.imul(v, weightA >> 15)) | 0;
      lowA = (lowA + Math.imul(v, weightA & 32767)) | 0;
      highB = (highB + Math.imul(v, weightB >> 15)) | 0;
      lowB = (lowB + Math.imul(v, weightB & 32767)) | 0;
    }
    const oddsA = halved(highA + moreA + (lowA >> 15)), oddsB = halved(highB + moreB + (lowB >> 15));
    const mixed = (oddsA + oddsB) >> 1;
    const j = (mixed + 3072) >> 8, f = (mixed + 3072) & 255;
    const bits = this.apmBits;
    const at = ((kind << bits) + (apm & ((1 << bits) - 1))) * APM_SIZE + j;
    const refined = (apms[at] * (256 - f) + apms[at + 1] * f) >> 8;
    const d = this.decoder.decode(clamp((SQUASH[mixed + MAX_ODDS] + refined) >> 1, 16, 65520));
    const nearer = at + (f >> 7);
    apms[nearer] += (65535 * d - apms[nearer]) >> 6;
    const errorA = this.error(setA, (d << 16) - SQUASH[oddsA + MAX_ODDS]);
    const errorB = this.error(setB, (d << 16) - SQUASH[oddsB + MAX_ODDS]);
    const goal = 4095 * d;
    for (let i = 0; i < count; i++) {
      const v = odds[i], value = values[i], p = value & 4095, c = value >> 12;
      weights[a + i] += (Math.imul(v, errorA) + 65536) >> 17;
      weights[b + i] += (Math.imul(v, errorB) + 65536) >> 17;
      counters[input[i]] = COUNTS[c] | (p + ((Math.imul(goal - p, STEP[c]) + 32768) >> 16));
    }
    return d;
  }

  /** M-19: what a set learns from a miss */
  error(set, miss) {
    if (miss < 64 && miss > -64) return 0;
    const updates = this.updates[set];
    this.updates[set] = updates + 1;
    return (updates >= 769 ? 5 * miss : ((960 - updates) >> 5) * miss) >> 1;
  }

  /** A-8 for errors: call it before the first pixel of a row. */
  beginRow() {
    [this.errors, this.errorsAbove] = [this.errorsAbove, this.errors];
    const first = this.errorsAbove.subarray(PREDICTIONS * MARGIN, PREDICTIONS * (MARGIN + 1));
    for (let i = 0; i < MARGIN; i++) this.errors.set(first, PREDICTIONS * i);
  }

  /** A-8 for errors: call it after the last pixel of a row. */
  endRow() {
    const { errors } = this, end = errors.length - PREDICTIONS * MARGIN;
    for (let i = 0; i < MARGIN; i++) errors.copyWithin(end + PREDICTIONS * i, end - PREDICTIONS, end);
  }

  /** The position of the pixel in column x, whose neighbours are in `near` */
  pixel(x) {
    const { near } = this;
    const W = near[0], WW = near[1], N = near[2], NW = near[3], NWW = near[4];
    const NE = near[5], NEE = near[6], NN = near[7], NNW = near[8], NNE = near[9];
    const even =
      W === WW && W === N && W === NW && W === NWW && W === NE && W === NEE && W === NN && W === NNW && W === NNE;
    let outer = 0;
    for (let i = NAMED; i < NEIGHBORS; i++) outer |= same(near[i], W) & (1 << (i - NAMED));
    this.outer = outer;
    const at = PREDICTIONS * (x + MARGIN);
    if (this.matches) {
      this.look(W, WW, N, NW, NWW, NE, NEE, NN, NNW, NNE);
      this.matches.look(this.hashAll);
    }
    if (even && this.evenFlag(W) === 1) {
      // All predictions are the colour of W.
      this.errors.fill(0, at, at + PREDICTIONS);
      return W;
    }
    if (!this.matches) this.look(W, WW, N, NW, NWW, NE, NEE, NN, NNW, NNE);
    this.predict(at, W, WW, N, NW, NE, NN, NNE);
    const p = even ? this.walk(W, NONE) : this.unevenPixel(W, WW, N, NW, NE, NN);
    this.setErrors(at, p);
    return p;
  }

  /** M-22 and M-23 */
  unevenPixel(W, WW, N, NW, NE, NN) {
    const e = top(this.hashNamed, this.contextBits);
    this.runLength = this.runLengths[e];
    this.runPosition = this.runLength > 0 ? this.runPositions[e] : NONE;
    const p = this.flagged(W, WW, N, NW, NE, NN);
    this.runLengths[e] = p === this.runPosition ? Math.min(this.runLength + 1, 30) : 1;
    this.runPositions[e] = p;
    return p;
  }

  /** M-21 */
  evenFlag(W) {
    this.input[0] = this.evens + place(W, this.contextBits);
    this.input[1] = this.numbered + NUMBERED.even + this.outer;
    const { matches } = this, bits = this.contextBits + 1;
    if (!matches) return this.decision(2, SETS.even, SETS.evenFar + this.outer, 3, W);
    const e = 2 * matches.lengthClass + (matches.predicted === W ? 1 : 0);
    this.input[2] = this.numbered + NUMBERED.matchEven + e;
    this.input[3] = this.more + (MORE.even << bits) + top(hash(this.hashAll, e), bits);
    return this.decision(4, SETS.even, matches.length > 0 ? SETS.matchEven + e : SETS.evenFar + this.outer, 3, W);
  }

  /** M-5 and M-8, but for the hash of the predicted leaf */
  look(W, WW, N, NW, NWW, NE, NEE, NN, NNW, NNE) {
    const { tree, near, hashes } = this;
    const atW = tree.apart(W, N) + tree.apart(W, NW) + tree.apart(W, WW);
    const atN = tree.apart(N, NE) + tree.apart(N, NW) + tree.apart(N, NN);
    const a = (this.activity = CLASS_OF[atW + atN]);
    this.edges =
      (same(W, N) & 1) | (same(W, NW) & 2) | (same(W, NE) & 4) | (same(N, NE) & 8) | (same(N, NW) & 16) |
      (same(W, WW) & 32) | (same(N, NN) & 64) | (same(NE, NEE) & 128) | (same(NE, NNE) & 256) |
      (same(NW, NWW) & 512) | (same(NW, NNW) & 1024) | (same(WW, NWW) & 2048);
    const nearest = hash(hash((W << 16) | WW, (N << 16) | NW), hash((NEE << 16) | NE, (NN << 16) | NNW));
    this.hashNamed = hash(nearest, (NWW << 16) | NNE);
    const outer = hash((near[11] << 16) | near[10], (near[13] << 16) | near[12]);
    this.hashAll = hash(hash(this.hashNamed, outer), hash((near[15] << 16) | near[14], near[16]));
    hashes[0] = hash(W, 0); hashes[1] = hash(N, 0);
    hashes[2] = hash(Math.min(W, N), Math.max(W, N));
    hashes[3] = hash(W, WW); hashes[4] = hash(N, NN);
    hashes[5] = hash(hash(W, N), NE); hashes[6] = hash(NE, a);
  }

  /** M-6: predictions, predicted colour and slopes; the errors of the pixel are stored from `at` on */
  predict(at, W, WW, N, NW, NE, NN, NNE) {
    const { predictions: f, shares, predictedColor, slopeW, slopeN, slopeNE, tree: { color } } = this;
    const s = this.setShares(at);
    for (let c = 0; c < 4; c++) {
      const w = color[4 * W + c], n = color[4 * N + c], ne = color[4 * NE + c];
      f[c] = gradient(n, ne, color[4 * NNE + c]);
      f[4 + c] = gradient(w, ne, n);
      f[8 + c] = gradient(w, w, color[4 * WW + c]);
      f[12 + c] = gradient(n, n, color[4 * NN + c]);
      f[16 + c] = ne;
      f[20 + c] = color[4 * NW + c];
      let sum = 0;
      for (let i = 0; i < PREDICTIONS; i++) sum += shares[i] * f[4 * i + c];
      // Rounded down by the typed array, as nothing is below 0.
      predictedColor[c] = (4 * sum + (s >> 1)) / s;
      slopeW[c] = 4 * f[8 + c];
      slopeN[c] = 4 * f[12 + c];
      slopeNE[c] = 4 * gradient(ne, ne, color[4 * NNE + c]);
    }
  }

  /** share(i) of M-6; returns their sum */
  setShares(at) {
    const { errors: row, errorsAbove: above, shares } = this;
    let s = 0;
    for (let i = 0; i < PREDICTIONS; i++) {
      const w = at + i - PREDICTIONS, ww = w - PREDICTIONS, ne = at + i + PREDICTIONS, nee = ne + PREDICTIONS;
      const sum = row[w] + row[ww] + above[ww] + above[w] + above[at + i] + above[ne] + above[nee];
      s += shares[i] = SHARES[Math.min(sum, MAX_ERRORS)];
    }
    return s;
  }

  /** M-6, once the pixel is known */
  setErrors(at, p) {
    const { errors, predictions: f, tree: { color } } = this;
    for (let i = 0; i < PREDICTIONS; i++) {
      let sum = 0;
      for (let c = 0; c < 4; c++) sum += Math.abs(f[4 * i + c] - color[4 * p + c]);
      errors[at + i] = sum;
    }
  }

  /** M-23 */
  flagged(W, WW, N, NW, NE, NN) {
    const rival = this.tree.k === 2 ? NONE : N !== W ? N : NE !== W ? NE : NW !== W ? NW : NONE;
    const beyond = hash(WW, NN);
    if (this.flag(0, W, rival === NONE ? 0 : this.weightOf(rival), hash(W, N), beyond) === 1) return W;
    if (rival !== NONE && this.flag(1, rival, 0, hash(rival, W), beyond) === 1) return rival;
    return this.walk(W, rival);
  }

  /** M-24; `beyond` is hash(WW, NN) */
  flag(f, p, other, k, beyond) {
    const { tree, input, edges, activity: a } = this, bits = this.contextBits;
    const z = tree.relative(this.predictedColor, p);
    const weights = 20 * weightClass(this.weightOf(p)) + weightClass(other);
    const contexts = this.flags + ((7 * f) << bits);
    input[0] = contexts + place(16 * edges + a, bits);
    input[1] = contexts + (1 << bits) + top(hash(edges, this.outer), bits);
    input[2] = contexts + (2 << bits) + top(hash(edges & 31, 32 * weights + z), bits);
    input[3] = contexts + (3 << bits) + place(16 * z + a, bits);
    input[4] = contexts + (4 << bits) + place(32 * p + z, bits);
    input[5] = contexts + (5 << bits) + top(this.hashes[2], bits);
    input[6] = contexts + (6 << bits) + top(hash(k, beyond), bits);
    const byNeighbors = p === this.runPosition ? 1 : 0;
    input[7] = this.numbered + 64 * f + 2 * this.runLength + byNeighbors;
    const setA = SETS.flagEdges + 32 * f + (edges & 31), setB = SETS.flagActivity + 16 * f + a;
    if (!this.matches) return this.decision(8, setA, setB, f, k);
    const { matches, near, grid } = this, W = near[0], N = near[2], wide = bits + 1;
    const more = this.more + ((MORE.flag * f) << wide);
    const e = 2 * matches.lengthClass + (matches.predicted === p ? 1 : 0);
    input[8] = more + top(this.hashAll, wide);
    input[9] = this.numbered + NUMBERED.matchFlag + 32 * f + e;
    input[10] = more + (1 << wide) + top(hash(k, 2 * e + byNeighbors), wide);
    input[11] = more + (2 << wide) + top(hash(hash(matches.far8, p), W | (N << 16)), wide);
    input[12] = more + (3 << wide) + top(hash(hash(grid, p), N | (W << 16)), wide);
    return this.decision(13, setA, matches.length > 0 ? SETS.matchFlag + 32 * f + e : setB, f, k);
  }

  /** around(p, p + 1) of M-4 */
  weightOf(p) {
    const { near } = this;
    let sum = 0;
    for (let i = 0; i < NEIGHBORS; i++) sum += same(near[i], p) & WEIGHTS[i];
    return sum;
  }

  /** around(from, to) of M-4 */
  weight(from, to) {
    const { near } = this;
    let sum = 0;
    for (let i = 0; i < NEIGHBORS; i++) sum += ~((near[i] - from) | (to - 1 - near[i])) >> 31 & WEIGHTS[i];
    return sum;
  }

  /** M-11 and M-26: where the lines begin */
  setLines(depth, path) {
    for (let i = 0; i < LINES; i++) {
      const h = depth === 0 ? this.hashes[i] : hash(this.hashes[i], path);
      this.line[i] = this.lines + (i << this.lineBits) + 16 * top(h, this.lineBits - 4);
    }
  }

  /** M-25 and M-26: the position that is found from the root */
  walk(W, rival) {
    const { line, input } = this;
    this.hashes[7] = hash(this.tree.leafOf(this.predictedColor), 0);
    let from = 0, to = this.tree.k, path = 1;
    for (let depth = 0; to - from > 1; depth++) {
      const j = depth & 3;
      if (j === 0) this.setLines(depth, path);
      const m = (from + to) >> 1;
      const sideW = side(W, from, m, to), sideRival = side(rival, from, m, to);
      let right;
      if (m - from === (sideW === 1) + (sideRival === 1)) right = 1;
      else if (to - m === (sideW === 2) + (sideRival === 2)) right = 0;
      else {
        const counter = (1 << j) + (path & ((1 << j) - 1));
        for (let i = 0; i < LINES; i++) input[i] = line[i] + counter;
        const l = weightClass(this.weight(from, m)), r = weightClass(this.weight(m, to));
        let matchClass = 0;
        if (this.matches) {
          const { predicted, lengthClass } = this.matches;
          matchClass = 3 * lengthClass + (predicted === W || predicted === rival ? 0 : side(predicted, from, m, to));
        }
        right = this.node(m, path, l, r, 3 * sideW + sideRival, matchClass);
      }
      if (right === 1) from = m;
      else to = m;
      path = 2 * path + right;
    }
    return from;
  }

  /** M-27, once inputs 0 to 7 are set */
  node(m, path, l, r, gone, matchClass) {
    const { tree, input, activity: a, nodes } = this, bits = this.contextBits + 1;
    const predicted = tree.plane(this.predictedColor, m), steepness = tree.steepness[m];
    const step = (plane) => stepClass(((plane >> 4) * steepness) >> 16);
    const stepW = step(tree.plane(this.slopeW, m)), stepN = step(tree.plane(this.slopeN, m));
    const stepNE = step(tree.plane(this.slopeNE, m));
    const view = 256 * (8 * gone + (a >> 1)) + 16 * Math.min(l, 15) + Math.min(r, 15);
    const weights = (12 * gone + Math.min(l, 11)) * 12 + Math.min(r, 11);
    input[8] = nodes + place(256 * stepW + 16 * stepN + stepNE, bits);
    input[9] = nodes + (1 << bits) + top(hash(step(predicted), view), bits);
    input[10] = nodes + (2 << bits) + top(hash(m, weights), bits);
    input[11] = nodes + (3 << bits) + place(64 * m + planeClass(predicted >> 10), bits);
    const setA = SETS.node + (m & 1023), setB = SETS.nodeActivity + 9 * a + gone;
    if (!this.matches) return this.decision(12, setA, setB, 2, m);
    const { matches, near } = this, more = this.more + (MORE.node << bits);
    input[12] = more + top(hash(this.hashAll, path), bits);
    input[13] = this.numbered + NUMBERED.matchNode + matchClass;
    input[14] = more + (1 << bits) + top(hash(hash(m, matchClass), near[0]), bits);
    input[15] = more + (2 << bits) + top(hash(matches.far8, path), bits);
    input[16] = more + (3 << bits) + top(hash(hash(this.grid, path), this.hashes[2]), bits);
    return this.decision(17, setA, matches.length > 0 ? SETS.matchNode + matchClass : setB, 2, m);
  }
}
