// Section 5 of kmq-1.md: the palette, also coded.

import { ArithmeticDecoder, COUNTS, STEP, STRETCH, clamp, limit, squash } from "./arithmetic.js";

const ENTRY_CHANNELS = { false: 3, true: 4 };

/** The palette as stored in the file, without the length of a coded one (P-8); not validated yet. */
export function readStoredPalette(source, { colors, alpha, coded }) {
  const raw = colors * ENTRY_CHANNELS[alpha];
  if (!coded) return source.field(raw, "palette");
  const length = source.lengthInsteadOf(raw, "length of the palette");
  if (length < 1 || length >= raw) {
    source.refuse("PALETTE_LENGTH", `a coded palette of ${length} bytes, ${raw} if it were not coded`);
  }
  return source.field(length, "palette");
}

/** Four values for each entry (P-1 to P-3), once the checksum is found right. */
export function decodePalette(source, stored, { colors, alpha, coded }) {
  const palette = new Uint8Array(4 * colors).fill(255);
  if (coded) {
    source.fieldAt = stored.byteOffset - source.bytes.byteOffset;
    const refuse = (_, text) => source.refuse("PALETTE_CORRUPT", `the coded palette ${text}`); // P-14
    decodeEntries(new ArithmeticDecoder(stored, refuse), palette, alpha);
  } else {
    const channels = ENTRY_CHANNELS[alpha];
    for (let i = 0; i < colors; i++) {
      for (let c = 0; c < channels; c++) palette[4 * i + c] = stored[channels * i + c];
    }
  }
  return palette;
}

const RED = 0, GREEN = 1, BLUE = 2, ALPHA = 3;
const INPUTS = 7, NODES = 32;
// P-12: how many contexts each input has.
const CONTEXTS = [1, 32, 512, 64, 512, 1024, 256];
const FIRST = CONTEXTS.map((_, i) => NODES * CONTEXTS.slice(0, i).reduce((sum, n) => sum + n, 0));
const COUNTERS = NODES * CONTEXTS.reduce((sum, n) => sum + n, 0);

const bitLength = (v) => 32 - Math.clz32(v);
const size = (v) => Math.min(7, bitLength(Math.abs(v)));
const negative = (v) => (v < 0 ? 1 : 0);

/** P-9 and P-10 */
function decodeEntries(decoder, palette, alpha) {
  const coder = new ResidualDecoder(decoder);
  const order = alpha ? [ALPHA, GREEN, RED, BLUE] : [GREEN, RED, BLUE];
  let old = [0, 0, 0, 255];
  let before = [0, 0, 0, 0];
  for (let at = 0; at < palette.length; at += 4) {
    const entry = palette.subarray(at, at + 4);
    const residuals = [0, 0, 0, 0];
    const grey = old[RED] === old[GREEN] && old[GREEN] === old[BLUE];
    for (const c of order) {
      const green = entry[GREEN] - old[GREEN];
      const d = c === RED ? green : c === BLUE ? (green + entry[RED] - old[RED]) >> 1 : 0;
      const p = clamp(old[c] + d, 0, 255);
      coder.setContexts(c, p, d, residuals, before[c], grey, entry[ALPHA]);
      residuals[c] = coder.residual();
      entry[c] = p + residuals[c];
    }
    [old, before] = [entry, residuals];
  }
  decoder.end();
}

/** P-11 to P-13 */
class ResidualDecoder {
  constructor(decoder) {
    this.decoder = decoder;
    this.counters = new Uint16Array(COUNTERS).fill(2048);
    this.weights = new Int32Array(4 * INPUTS).fill(10000);
    /** By input, where the counters of its context begin */
    this.contexts = new Int32Array(INPUTS);
    this.odds = new Int32Array(INPUTS);
  }

  /** P-12. `residuals` are those of this entry, 0 where none is decoded yet; `before` is that of channel c before. */
  setContexts(c, p, d, residuals, before, grey, alpha) {
    const x = c === RED ? residuals[GREEN] : c === BLUE ? residuals[RED] : 0;
    const n = negative(x);
    const t = c === ALPHA ? 0 : (residuals[ALPHA] !== 0 ? 1 : 0) + (alpha === 0 ? 2 : 0);
    const contexts = [
      0,
      8 * c + 2 * t + (grey ? 1 : 0),
      128 * c + 16 * (p >> 5) + 2 * size(x) + n,
      16 * c + 2 * size(d) + negative(d),
      128 * c + 16 * size(x) + 8 * n + size(before),
      256 * c + p,
      64 * c + 8 * size(residuals[GREEN]) + size(residuals[RED]),
    ];
    contexts.forEach((context, i) => (this.contexts[i] = FIRST[i] + NODES * context));
  }

  /** P-11 */
  residual() {
    if (this.decision(0, 0) === 0) return 0;
    const isNegative = this.decision(1, 1) === 1;
    let k = 0;
    while (k < 7 && this.decision(2 + k, 2) === 1) k++;
    let m = k === 0 ? 0 : 1;
    for (let i = k - 2; i >= 0; i--) {
      const node = i === k - 2 ? 7 + k : i === k - 3 ? 9 + 2 * k + (m & 1) : 25 + Math.min(2, i);
      m = 2 * m + this.decision(node, 3);
    }
    return isNegative ? -(m + 1) : m + 1;
  }

  /** P-13 */
  decision(node, set) {
    const { counters, weights, contexts, odds } = this;
    const first = INPUTS * set;
    let sum = 32768;
    for (let i = 0; i < INPUTS; i++) {
      odds[i] = STRETCH[counters[contexts[i] + node] & 4095];
      sum += odds[i] * weights[first + i];
    }
    const squashed = squash(limit(Math.floor(sum / 65536)));
    const decision = this.decoder.decode(clamp(squashed, 16, 65520));
    const f = 12 * (65536 * decision - squashed);
    for (let i = 0; i < INPUTS; i++) {
      weights[first + i] += (odds[i] * f + 131072) >> 18;
      const at = contexts[i] + node, p = counters[at] & 4095, c = counters[at] >> 12;
      counters[at] = COUNTS[c] | (p + (((4095 * decision - p) * STEP[c] + 32768) >> 16)); // M-20
    }
    return decision;
  }
}
