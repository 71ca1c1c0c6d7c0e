// Section 8.4 of kmq-1.md, Memory: pixels that are copied from earlier places.

const FIRST_CONTEXT = 8192;
const FIRST_BLOCK_CONTEXT = 8576;
const MAX_CELLS = 2 ** 26;
const MAX_BLOCK = 16;
const MIN_BLOCK = 4;
const MULTIPLIER = 789269575;

/** contexts of memory; they follow those of the neighbours. */
export const MEMORY_CONTEXTS = 432;

/** */
export const hasRoomForMemory = (width, height) => (width + 4) * (height + 2) <= MAX_CELLS;

const tableBits = (width, height) => Math.min(16, Math.max(6, Math.floor(Math.log2(width * height))));

/** Bytes of a memory for a tile. */
export const memoryBytes = (width, height) =>
  (width + 4) * (height + 2) * Uint16Array.BYTES_PER_ELEMENT +
  ((1 << tableBits(width, height)) + 2 * (width + 2)) * Int32Array.BYTES_PER_ELEMENT;

/** The number of bits of v without leading zeros. */
const bitLength = (v) => 32 - Math.clz32(v);

/** for one tile. */
export class RansMemory {
  /** @param decoder gives symbols in contexts, and positions by A-20 */
  constructor(width, height, decoder) {
    this.decoder = decoder;
    this.width = width;
    this.stride = width + 4;
    /** the positions, row after row with their margins, two rows of 0 at the top. */
    this.cells = new Uint16Array(this.stride * (height + 2));
    const bits = tableBits(width, height);
    this.table = new Int32Array(1 << bits);
    this.tableShift = 32 - bits;
    /** Distances of a row; that of column x is at x + 1. */
    this.distances = new Int32Array(width + 2);
    this.above = new Int32Array(width + 2);
    this.run = 0;
    this.last = 0;
  }

  /** Decodes a row and returns the cell of its first pixel. */
  decodeRow(y) {
    const { cells, stride, width } = this;
    [this.above, this.distances] = [this.distances, this.above.fill(0)];
    const first = stride * (y + 2) + 2;
    cells[first - 2] = cells[first - 1] = cells[first - stride];
    this.end = 0;
    for (let x = 0; x < width; ) x += this.step(x, first + x);
    cells[first + width] = cells[first + width + 1] = cells[first + width - 1];
    return first;
  }

  /** returns how many pixels it has decoded. */
  step(x, c) {
    const { decoder, above, cells, distances, table } = this;
    const dW = distances[x], dN = above[x + 1];
    let d = dN !== 0 && (dW === 0 || dW === above[x]) ? dN : dW;
    const source = d === 0 ? 0 : dW === dN ? 3 : d === dW ? 1 : 2;
    const entry = this.entry(c);
    if (source === 0) d = this.lookUp(entry, c);
    if (d !== 0) {
      const block = source === 3 && x >= this.end ? this.blockAt(x, d) : 0;
      if (block > 0) {
        this.last = Math.min(1, decoder.symbol(this.blockContext(block)));
        if (this.last === 0) {
          for (let k = 0; k < block; k++) cells[c + k] = cells[c + k - d];
          distances.fill(d, x + 1, x + 1 + block);
          this.run += block;
          return block;
        }
        this.end = x + block;
      }
      if (decoder.symbol(this.pixelContext(x, c, d, source)) === 0) {
        cells[c] = cells[c - d];
        distances[x + 1] = d;
        this.run++;
        if (source === 0) table[entry] = c;
        return 1;
      }
      this.end = 0;
    }
    this.run = 0;
    decoder.positions(cells, c, c + 1);
    const other = source === 0 ? 0 : d === dN ? dW : dN;
    if (other !== 0 && cells[c - other] === cells[c]) distances[x + 1] = other;
    table[entry] = c;
    return 1;
  }

  /** A-24, the last part */
  lookUp(entry, c) {
    const { cells, stride } = this;
    const i = this.table[entry];
    if (i === 0) return 0;
    const n = i - stride, above = c - stride;
    return cells[i - 1] === cells[c - 1] && cells[n - 1] === cells[above - 1] && cells[n] === cells[above] &&
      cells[n + 1] === cells[above + 1] ? c - i : 0;
  }

  /** */
  entry(c) {
    const { cells } = this;
    const n = c - this.stride, nn = n - this.stride;
    let hash = Math.imul(cells[c - 1] + 1, MULTIPLIER);
    hash = Math.imul(hash + cells[c - 2] + 1, MULTIPLIER);
    hash = Math.imul(hash + cells[n] + 1, MULTIPLIER);
    hash = Math.imul(hash + cells[n - 1] + 1, MULTIPLIER);
    hash = Math.imul(hash + cells[n + 1] + 1, MULTIPLIER);
    hash = Math.imul(hash + cells[n + 2] + 1, MULTIPLIER);
    hash = Math.imul(hash + cells[n - 2] + 1, MULTIPLIER);
    hash = Math.imul(hash + cells[nn] + 1, MULTIPLIER);
    hash = Math.imul(hash + cells[nn + 1] + 1, MULTIPLIER);
    return hash >>> this.tableShift;
  }

  /** A-26, step 2: the length of a block, 0 for none */
  blockAt(x, d) {
    const most = Math.min(MAX_BLOCK, this.width - x);
    let length = 1;
    while (length < most && this.above[x + length + 1] === d) length++;
    return length >= MIN_BLOCK ? length : 0;
  }

  /** */
  blockContext(length) {
    return FIRST_BLOCK_CONTEXT + 2 * (8 * (bitLength(length) - 3) + this.runClass()) + this.last;
  }

  /** */
  pixelContext(x, c, d, source) {
    const expected = this.cells[c - d];
    const q = (expected === this.cells[c - 1] ? 1 : 0) + (expected === this.cells[c - this.stride] ? 2 : 0);
    const dNE = this.above[x + 2];
    const e = dNE === d ? 2 : dNE === 0 ? 1 : 0;
    return FIRST_CONTEXT + 3 * (8 * (4 * source + q) + this.runClass()) + e;
  }

  runClass() {
    return Math.min(7, bitLength(this.run));
  }
}
