// Section 8.4 of kmq-1.md: one symbol per pixel, coded by static rANS with the contexts of the neighbours.

import { MEMORY_CONTEXTS, RansMemory, hasRoomForMemory, memoryBytes } from "./rans-memory.js";

const CONTEXTS = 8192;
const MAX_GROUPS = 512;
const FREQUENCY_BITS = 12;
const FREQUENCY_SUM = 1 << FREQUENCY_BITS;
const SLOT_MASK = FREQUENCY_SUM - 1;
const STATE_MIN = 65536;
const NEIGHBOR_SYMBOLS = 4;

/** The number of bits of v without leading zeros. */
const bitLength = (v) => 32 - Math.clz32(v);

/** raw bits that follow token t. */
const rawBits = (t) => (t < 8 ? 0 : 2 + ((t - 8) >> 1));

/** the token of r. */
const token = (r) => (r < 8 ? r : 8 + 2 * (bitLength(r) - 4) + ((r >> (bitLength(r) - 2)) & 1));

/** positions of the colours, and how far their groups are from each other. */
class Ranks {
  /** @param palette K entries of red, green, blue, alpha */
  constructor(palette) {
    const k = palette.length / 4;
    let shift = 0;
    while (Math.ceil(k / 2 ** shift) > MAX_GROUPS) shift++;
    this.k = k;
    this.shift = shift;
    this.groups = Math.ceil(k / 2 ** shift);
    this.mask = (1 << shift) - 1;
    /** The index at each position. */
    this.index = Uint16Array.from({ length: k }, (_, i) => i);
    if (shift > 0) this.halve(palette, 0, k);
    this.orderGroups(this.means(palette));
  }

  /** */
  halve(palette, from, to) {
    const n = to - from;
    if (n < 2) return;
    const part = this.index.subarray(from, to);
    const channel = widestChannel(palette, part);
    // Value and index in one number, so that sorting numbers sorts by both; `part` keeps the low 16 bits.
    part.set(Uint32Array.from(part, (i) => palette[4 * i + channel] * 65536 + i).sort());
    const { shift } = this;
    const middle =
      from + (n > 1 << shift ? ((Math.ceil(n / 2 ** shift) + 1) >> 1) << shift : (n + 1) >> 1);
    this.halve(palette, from, middle);
    this.halve(palette, middle, to);
  }

  /** four channels for each group */
  means(palette) {
    const means = new Uint8Array(4 * this.groups);
    for (let g = 0; g < this.groups; g++) {
      const group = this.index.subarray(g << this.shift, (g + 1) << this.shift);
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        for (const i of group) sum += palette[4 * i + c];
        means[4 * g + c] = Math.floor(sum / group.length);
      }
    }
    return means;
  }

  /** A-6, both ways: `order` has groups by rank, `rank` ranks by group, G of each for every group. */
  orderGroups(means) {
    const { groups } = this;
    this.order = new Uint16Array(groups * groups);
    this.rank = new Uint16Array(groups * groups);
    const keys = new Uint32Array(groups);
    for (let g = 0; g < groups; g++) {
      // Distance and number in one number below 2^28, so that sorting numbers sorts by both; g itself comes first.
      for (let h = 0; h < groups; h++) keys[h] = (squaredDistance(means, g, h) + (h === g ? 0 : 1)) * MAX_GROUPS + h;
      keys.sort();
      for (let rank = 0; rank < groups; rank++) {
        const h = keys[rank] % MAX_GROUPS;
        this.order[g * groups + rank] = h;
        this.rank[g * groups + h] = rank;
      }
    }
  }

  /** T of A-6 for the groups of two positions */
  change(p, q) {
    return this.rank[(p >> this.shift) * this.groups + (q >> this.shift)];
  }

  /** */
  rankOf(p, q) {
    return (this.change(p, q) << this.shift) | ((p ^ q) & this.mask);
  }

  /** The position that has a rank from p; K or above if no colour is there. */
  position(p, rank) {
    const group = this.order[(p >> this.shift) * this.groups + (rank >> this.shift)];
    return (group << this.shift) | ((p ^ rank) & this.mask);
  }
}

function widestChannel(palette, part) {
  let widest = 0;
  let most = -1;
  for (let c = 0; c < 4; c++) {
    let low = 255;
    let high = 0;
    for (const i of part) {
      const value = palette[4 * i + c];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low > most) {
      most = high - low;
      widest = c;
    }
  }
  return widest;
}

function squaredDistance(means, g, h) {
  let sum = 0;
  for (let c = 0; c < 4; c++) sum += (means[4 * g + c] - means[4 * h + c]) ** 2;
  return sum;
}

/** */
function isPossible(context) {
  if ((context & 15) > 8) return false;
  const [wn, wnw, wne, nnw, nne] = [11, 10, 9, 8, 7].map((bit) => (context >> bit) & 1);
  if (wn) return wnw === nnw && wne === nne;
  return !(wnw && nnw) && !(wne && nne);
}

/** the shared tables of a file, ready for decoding. */
export class RansTables {
  /**
   * @param data the tables as stored in the file
   * @param palette K entries of red, green, blue, alpha, K at least 2
   * @param refuse called with a text; does not return
   */
  constructor(data, palette, refuse) {
    this.ranks = new Ranks(palette);
    this.alphabet = NEIGHBOR_SYMBOLS + 1 + token((this.ranks.groups << this.ranks.shift) - 2);
    const bits = new TableBits(data, refuse);
    const clusters = bits.read(6) + 1;
    this.clusterOf = new Uint8Array(CONTEXTS + MEMORY_CONTEXTS);
    const readMap = (from, to) => {
      if (clusters > 1) readMapOf(from, to, this.clusterOf, bits, clusters, refuse);
    };
    readMap(0, CONTEXTS);
    /** By cluster and symbol: f and F; by cluster and slot: the symbol. */
    this.frequency = new Uint16Array(clusters * this.alphabet);
    this.start = new Uint16Array(clusters * this.alphabet);
    this.symbolAt = new Uint8Array(clusters * FREQUENCY_SUM);
    for (let cluster = 0; cluster < clusters; cluster++) {
      this.setCluster(cluster, readFrequencies(bits, this.alphabet, refuse));
    }
    /** */
    this.memory = bits.hasMore() && bits.read(1) === 1;
    if (this.memory) readMap(CONTEXTS, CONTEXTS + MEMORY_CONTEXTS);
    bits.end();
  }

  setCluster(cluster, frequencies) {
    let start = 0;
    frequencies.forEach((frequency, symbol) => {
      this.frequency[cluster * this.alphabet + symbol] = frequency;
      this.start[cluster * this.alphabet + symbol] = start;
      const slots = cluster * FREQUENCY_SUM + start;
      this.symbolAt.fill(symbol, slots, slots + frequency);
      start += frequency;
    });
  }
}

/** the contexts from `from` to `to` - 1 in `map` */
function readMapOf(from, to, map, bits, clusters, refuse) {
  let cluster = 0;
  let run = 0;
  for (let context = from; context < to; context++) {
    if (context < CONTEXTS && !isPossible(context)) continue;
    if (run === 0) {
      cluster += bits.signed();
      if (cluster < 0 || cluster >= clusters) refuse(`cluster ${cluster} of ${clusters}`);
      run = bits.gamma();
    }
    map[context] = cluster;
    run--;
  }
  if (run > 0) refuse("the last run goes beyond the contexts");
}

/** */
function readFrequencies(bits, alphabet, refuse) {
  const implied = bits.read(bitLength(alphabet - 1));
  const used = bits.read(bitLength(alphabet));
  if (implied >= alphabet) refuse(`symbol ${implied} of ${alphabet}`);
  if (used > alphabet) refuse(`${used} symbols of ${alphabet}`);
  const frequencies = new Array(alphabet).fill(0);
  let length = 6;
  let sum = 0;
  for (let symbol = 0; symbol < used; symbol++) {
    if (symbol === implied) continue;
    length += bits.signed();
    if (length < 0 || length > FREQUENCY_BITS) refuse(`a frequency of ${length} bits`);
    if (length === 0) continue;
    const mantissaBits = Math.min(length - 1, 2);
    const leading = (1 << mantissaBits) | bits.read(mantissaBits);
    frequencies[symbol] = leading << (length - 1 - mantissaBits);
    sum += frequencies[symbol];
  }
  if (sum >= FREQUENCY_SUM) refuse(`frequencies add up to ${sum} and leave nothing`);
  frequencies[implied] = FREQUENCY_SUM - sum;
  return frequencies;
}

/** bits of the shared tables, the most significant one of a byte first. */
class TableBits {
  constructor(data, refuse) {
    this.data = data;
    this.refuse = refuse;
    this.at = 0;
  }

  read(count) {
    if (this.at + count > 8 * this.data.length) this.refuse("they end too early");
    let value = 0;
    for (; count > 0; count--, this.at++) {
      value = (value << 1) | ((this.data[this.at >> 3] >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }

  hasMore() {
    return this.at < 8 * this.data.length;
  }

  gamma() {
    let zeros = 0;
    while (this.read(1) === 0) {
      if (++zeros > 12) this.refuse("a gamma code of more than 12 zeros");
    }
    return (1 << zeros) | this.read(zeros);
  }

  signed() {
    const v = this.gamma();
    return v % 2 === 0 ? v / 2 : -((v - 1) / 2);
  }

  end() {
    const left = 8 * this.data.length - this.at;
    if (left >= 8) this.refuse("bytes follow them");
    if (this.read(left) !== 0) this.refuse("spare bits are set");
  }
}

/** Bytes that decoding a tile takes and that grow with it: three rows, and the memory if there is one. */
export function ransBytes(width, height, { tables }) {
  const rows = 3 * Uint16Array.BYTES_PER_ELEMENT * width;
  return rows + (tables?.memory && hasRoomForMemory(width, height) ? memoryBytes(width, height) : 0);
}

/**
 * the indices of one tile.
 *
 * @param raster has `width`, `height` and `row(y)`, an array to fill
 * @param refuse called with the name of a reason and a text; does not return
 */
export function decodeRans(payload, tables, raster, refuse) {
  if (payload.length < 8) refuse("PAYLOAD_SHORT", "no room for the two states");
  const { width, height } = raster;
  const { ranks, alphabet, clusterOf, frequency, start, symbolAt } = tables;
  const { shift, groups, rank: changes } = ranks;
  const ranksInAll = groups << shift;
  let at = 0;
  const word = () => {
    if (at + 2 > payload.length) refuse("PAYLOAD_SHORT", "ends before its last pixel");
    at += 2;
    return (payload[at - 2] << 8) | payload[at - 1];
  };
  let a = word() * 65536 + word();
  let b = word() * 65536 + word();
  if (a < STATE_MIN || b < STATE_MIN) refuse("PAYLOAD_CORRUPT", "a state is below 65536 at the beginning");

  const symbolOf = (context) => {
    const cluster = clusterOf[context];
    const slot = a & SLOT_MASK;
    const symbol = symbolAt[cluster * FREQUENCY_SUM + slot];
    const entry = cluster * alphabet + symbol;
    a = frequency[entry] * (a >>> FREQUENCY_BITS) + slot - start[entry];
    if (a < STATE_MIN) a = a * 65536 + word();
    return symbol;
  };

  /** one position; `i` and `above` index two arrays that include the outside neighbours of A-8. */
  const position = (row, i, rowAbove, above, NN) => {
    const WW = row[i - 2], W = row[i - 1];
    const NW = rowAbove[above - 1], N = rowAbove[above], NE = rowAbove[above + 1], NEE = rowAbove[above + 2];
    const from = (NW >> shift) * groups;
    const dW = changes[from + (W >> shift)];
    const dN = changes[from + (N >> shift)];
    const dE = changes[(N >> shift) * groups + (NE >> shift)];
    const symbol = symbolOf(
      (NE === NEE ? 4096 : 0) + (W === N ? 2048 : 0) + (W === NW ? 1024 : 0) + (W === NE ? 512 : 0) +
      (N === NW ? 256 : 0) + (N === NE ? 128 : 0) + (W === WW ? 64 : 0) + (N === NN ? 32 : 0) +
      (dW < dN ? 16 : 0) + Math.min(8, bitLength(dW + dN + dE)));
    if (symbol < NEIGHBOR_SYMBOLS) return symbol === 0 ? W : symbol === 1 ? N : symbol === 2 ? NE : NW;
    const t = symbol - NEIGHBOR_SYMBOLS;
    const m = rawBits(t);
    let r = t;
    if (m > 0) {
      r = ((2 + (t & 1)) << m) + (b & ((1 << m) - 1));
      b >>>= m;
      if (b < STATE_MIN) b = b * 65536 + word();
    }
    const reference = dW < dN ? N : W;
    const rank = skipTaken(ranks, reference, W, N, NE, NW, r);
    if (rank >= ranksInAll) refuse("PAYLOAD_CORRUPT", `rank ${rank} of ${ranksInAll}`);
    const p = ranks.position(reference, rank);
    if (p >= ranks.k) refuse("INDEX_OUT_OF_RANGE", `position ${p} of ${ranks.k}`);
    return p;
  };

  if (tables.memory && hasRoomForMemory(width, height)) {
    const memory = new RansMemory(width, height);
    const { cells, stride } = memory;
    const ofCell = (c) => position(cells, c, cells, c - stride, cells[c - 2 * stride]);
    for (let y = 0; y < height; y++) {
      const target = raster.row(y);
      const first = memory.decodeRow(y, symbolOf, ofCell);
      for (let x = 0; x < width; x++) target[x] = ranks.index[cells[first + x]];
    }
  } else {
    // Positions of three rows; column x is at x + 2, which leaves room for the outside neighbours of A-8.
    let row = new Uint16Array(width + 4);
    let above = new Uint16Array(width + 4);
    let above2 = new Uint16Array(width + 4);
    for (let y = 0; y < height; y++) {
      const target = raster.row(y);
      row[0] = row[1] = above[2];
      for (let x = 0; x < width; x++) {
        row[x + 2] = position(row, x + 2, above, x + 2, above2[x + 2]);
        target[x] = ranks.index[row[x + 2]];
      }
      row[width + 2] = row[width + 3] = row[width + 1];
      [above2, above, row] = [above, row, above2];
    }
  }
  if (a !== STATE_MIN || b !== STATE_MIN) refuse("PAYLOAD_CORRUPT", "a state is not 65536 at the end");
  if (at < payload.length) refuse("PAYLOAD_TRAILING_BYTES", "bytes follow the last pixel");
}

/** the rank of the r-th position that is none of the four neighbours. */
function skipTaken(ranks, reference, W, N, NE, NW, r) {
  let w = ranks.rankOf(reference, W), n = ranks.rankOf(reference, N);
  let ne = ranks.rankOf(reference, NE), nw = ranks.rankOf(reference, NW);
  // A sorting network: no array for each pixel.
  if (w > n) [w, n] = [n, w];
  if (ne > nw) [ne, nw] = [nw, ne];
  if (w > ne) [w, ne] = [ne, w];
  if (n > nw) [n, nw] = [nw, n];
  if (n > ne) [n, ne] = [ne, n];
  let rank = r;
  if (w <= rank) rank++;
  if (n <= rank && n !== w) rank++;
  if (ne <= rank && ne !== n) rank++;
  if (nw <= rank && nw !== ne) rank++;
  return rank;
}
