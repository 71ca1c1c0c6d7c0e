// Section 8.4 of kmq-1.md: one symbol per pixel, coded by static rANS with the contexts of the neighbours.

import { MEMORY_CONTEXTS, RansMemory, hasRoomForMemory, memoryBytes } from "./rans-memory.js";
import { TableBits } from "./rans-bits.js";
import { Ranks } from "./rans-ranks.js";
import { u32 } from "./source.js";

const CONTEXTS = 8192;
const FREQUENCY_BITS = 12;
const FREQUENCY_SUM = 1 << FREQUENCY_BITS;
const SLOT_MASK = FREQUENCY_SUM - 1;
const STATE_MIN = 65536;
const NEIGHBOR_SYMBOLS = 4;

/** The number of bits of v without leading zeros. */
const bitLength = (v) => 32 - Math.clz32(v);

/** the token of r. */
const token = (r) => (r < 8 ? r : 8 + 2 * (bitLength(r) - 4) + ((r >> (bitLength(r) - 2)) & 1));

/** */
function isPossible(context) {
  if ((context & 15) > 8) return false;
  const wn = context & 2048, wnw = (context >> 10) & 1, wne = (context >> 9) & 1, nnw = (context >> 8) & 1, nne = (context >> 7) & 1;
  return wn !== 0 ? wnw === nnw && wne === nne : (wnw & nnw) + (wne & nne) === 0;
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
    // Sums of A-9 up to 3 * 511 have at most 11 bits, and 9 and more count as 8.
    for (let at = 8; at < CONTEXTS; at += 16) this.clusterOf.fill(this.clusterOf[at], at + 1, at + 4);
    /** By cluster and slot: the symbol, slot - F in 12 bits, f - 1 in 12 bits. */
    this.slots = new Uint32Array(clusters * FREQUENCY_SUM);
    for (let cluster = 0; cluster < clusters; cluster++) {
      this.setCluster(cluster, readFrequencies(bits, this.alphabet, refuse));
    }
    /** */
    this.memory = bits.hasMore() && bits.read(1) === 1;
    if (this.memory) readMap(CONTEXTS, CONTEXTS + MEMORY_CONTEXTS);
    bits.end();
  }

  setCluster(cluster, frequencies) {
    let at = cluster * FREQUENCY_SUM;
    frequencies.forEach((frequency, symbol) => {
      const entry = (symbol << 24) | (frequency - 1);
      for (let slot = 0; slot < frequency; slot++) this.slots[at++] = entry | (slot << 12);
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

/** Bytes that decoding a tile takes and that grow with it: three rows, and the memory if there is one. */
export function ransBytes(width, height, { tables }) {
  const rows = 3 * Uint16Array.BYTES_PER_ELEMENT * (width + 4);
  return rows + (tables?.memory && hasRoomForMemory(width, height) ? memoryBytes(width, height) : 0);
}

/**
 * the indices of one tile.
 *
 * @param raster has `width`, `height` and `row(y)`, an array to fill
 * @param refuse called with the name of a reason and a text; does not return
 */
export function decodeRans(payload, tables, raster, refuse) {
  const { width, height } = raster;
  const decoder = new RansDecoder(payload, tables, width + 4, refuse);
  const memory = tables.memory && hasRoomForMemory(width, height) ? new RansMemory(width, height, decoder) : null;
  // Without memory, cells of three rows, the current one last; column x is at x + 2, which leaves
  // room for the outside neighbours of A-8.
  const cells = memory ? memory.cells : new Uint16Array(3 * decoder.stride);
  for (let y = 0; y < height; y++) {
    const first = memory ? memory.decodeRow(y) : decodeRow(decoder, cells, width);
    tables.ranks.copyIndices(cells.subarray(first, first + width), raster.row(y));
  }
  decoder.end();
}

/** A row without memory, after those above have moved up. Returns the cell of its first pixel. */
function decodeRow(decoder, cells, width) {
  const { stride } = decoder;
  cells.copyWithin(0, stride);
  const first = 2 * stride + 2;
  cells[first - 2] = cells[first - 1] = cells[first - stride];
  decoder.positions(cells, first, first + width);
  cells[first + width] = cells[first + width + 1] = cells[first + width - 1];
  return first;
}

/** the two coders of a tile. States are unsigned, but kept as numbers of 32 bits with a sign. */
class RansDecoder {
  constructor(payload, tables, stride, refuse) {
    if (payload.length < 8) refuse("PAYLOAD_SHORT", "no room for the two states");
    this.payload = payload;
    this.tables = tables;
    this.stride = stride;
    this.refuse = refuse;
    /** By symbol, where the neighbour is that it names. */
    this.offsets = Int32Array.of(-1, -stride, 1 - stride, -1 - stride);
    /** The symbol state, the raw state, and the bytes that are read */
    this.state = Int32Array.of(u32(payload, 0), u32(payload, 4), 8);
    if (this.state.subarray(0, 2).some((state) => state >>> 16 === 0)) {
      refuse("PAYLOAD_CORRUPT", "a state is below 65536 at the beginning");
    }
  }

  /** Steps 1 to 3 of A-20 for one symbol in a context of memory */
  symbol(context) {
    const { state, payload, tables: { slots, clusterOf } } = this;
    const entry = slots[(clusterOf[context] << FREQUENCY_BITS) | (state[0] & SLOT_MASK)];
    const a = Math.imul((entry & SLOT_MASK) + 1, state[0] >>> FREQUENCY_BITS) + ((entry >>> 12) & SLOT_MASK);
    state[0] = a;
    if (a >>> 16 === 0) {
      if (state[2] + 2 > payload.length) this.refuseShort();
      state[0] = (a << 16) | (payload[state[2]] << 8) | payload[state[2] + 1];
      state[2] += 2;
    }
    return entry >>> 24;
  }

  refuseShort() {
    this.refuse("PAYLOAD_SHORT", "ends before its last pixel");
  }

  /**
   * the positions of the cells from `from` to `to` - 1 of a row. Equalities are
   * computed without branches, as photographs make branches unpredictable. What the next pixel has as
   * its N, NW and so on moves along in variables.
   */
  positions(cells, from, to) {
    const { payload, offsets, stride, state, tables } = this;
    const { slots, clusterOf, ranks } = tables;
    const { shift, mask, groups, k, rank: changes, order } = ranks;
    const last = payload.length - 2;
    let a = state[0], b = state[1], at = state[2];
    let WW = cells[from - 2], W = cells[from - 1];
    let NW = cells[from - stride - 1], N = cells[from - stride], NE = cells[from - stride + 1];
    let fromNW = (NW >> shift) * groups;
    let dN = changes[fromNW + (N >> shift)];
    let sameN = ((N ^ NW) - 1) >> 31, sameNE = ((N ^ NE) - 1) >> 31;
    for (let c = from; c < to; c++) {
      const NEE = cells[c - stride + 2];
      const fromN = (N >> shift) * groups;
      const dE = changes[fromN + (NE >> shift)];
      const dW = changes[fromNW + (W >> shift)];
      const sameNEE = ((NE ^ NEE) - 1) >> 31;
      const context =
        (sameNEE & 4096) | ((((W ^ N) - 1) >> 31) & 2048) | ((((W ^ NW) - 1) >> 31) & 1024) |
        ((((W ^ NE) - 1) >> 31) & 512) | (sameN & 256) | (sameNE & 128) | ((((W ^ WW) - 1) >> 31) & 64) |
        ((((N ^ cells[c - 2 * stride]) - 1) >> 31) & 32) | (((dW - dN) >> 31) & 16) |
        (32 - Math.clz32(dW + dN + dE));
      const entry = slots[(clusterOf[context] << FREQUENCY_BITS) | (a & SLOT_MASK)];
      a = (Math.imul((entry & SLOT_MASK) + 1, a >>> FREQUENCY_BITS) + ((entry >>> 12) & SLOT_MASK)) | 0;
      if (a >>> 16 === 0) {
        if (at > last) this.refuseShort();
        a = (a << 16) | (payload[at] << 8) | payload[at + 1];
        at += 2;
      }
      const symbol = entry >>> 24;
      let p;
      if (symbol < NEIGHBOR_SYMBOLS) {
        p = cells[c + offsets[symbol]];
      } else {
        let r = symbol - NEIGHBOR_SYMBOLS;
        if (r > 7) {
          const m = 2 + ((r - 8) >> 1);
          r = ((2 + (r & 1)) << m) + (b & ((1 << m) - 1));
          b >>>= m;
          if (b >>> 16 === 0) {
            if (at > last) this.refuseShort();
            b = (b << 16) | (payload[at] << 8) | payload[at + 1];
            at += 2;
          }
        }
        // Ranks of the four neighbours from the reference, whose own is 0: those of the others in order.
        const isN = (dW - dN) >> 31;
        const reference = W ^ ((W ^ N) & isN), other = W ^ N ^ reference;
        const start = (reference >> shift) * groups;
        let u = (changes[start + (other >> shift)] << shift) | ((reference ^ other) & mask);
        let v = (changes[start + (NE >> shift)] << shift) | ((reference ^ NE) & mask);
        let w = (changes[start + (NW >> shift)] << shift) | ((reference ^ NW) & mask);
        let swap = (v - u) & ((v - u) >> 31);
        u += swap; v -= swap;
        swap = (w - u) & ((w - u) >> 31);
        u += swap; w -= swap;
        swap = (w - v) & ((w - v) >> 31);
        v += swap; w -= swap;
        // Each that is at or before the rank and differs from the one before it moves the rank by one.
        let rank = r + 1;
        rank -= ((u - rank - 1) & -u) >> 31;
        rank -= ((v - rank - 1) & (u - v)) >> 31;
        rank -= ((w - rank - 1) & (v - w)) >> 31;
        const group = rank >> shift;
        if (group >= groups) this.refuse("PAYLOAD_CORRUPT", `rank ${rank} of ${groups << shift}`);
        p = (order[start + group] << shift) | ((reference ^ rank) & mask);
        if (p >= k) this.refuse("INDEX_OUT_OF_RANGE", `position ${p} of ${k}`);
      }
      cells[c] = p;
      WW = W; W = p;
      NW = N; N = NE; NE = NEE;
      fromNW = fromN; dN = dE;
      sameN = sameNE; sameNE = sameNEE;
    }
    state[0] = a; state[1] = b; state[2] = at;
  }

  end() {
    const [a, b, at] = this.state;
    if (a !== STATE_MIN || b !== STATE_MIN) this.refuse("PAYLOAD_CORRUPT", "a state is not 65536 at the end");
    if (at < this.payload.length) this.refuse("PAYLOAD_TRAILING_BYTES", "bytes follow the last pixel");
  }
}
