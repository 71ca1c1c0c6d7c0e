// What sections 5.1 and 8.5 of kmq-1.md share: odds, counters and the arithmetic coder.

export const MAX_ODDS = 3071;
const MAX_STRETCH = 2047;
const KNOTS = [
  32768, 36843, 40793, 44511, 47911, 50941, 53581, 55834, 57724, 59287, 60565, 61598, 62428, 63090, 63615, 64030,
  64357, 64614, 64816, 64974, 65097, 65194, 65269, 65328, 65374, 65410, 65438, 65459, 65476, 65489, 65500, 65508,
  65514, 65519, 65523, 65526, 65528, 65530, 65531, 65532, 65533, 65534, 65534, 65535, 65535, 65535, 65535, 65535,
  65535,
];
const STEPS = [40960, 25206, 18204, 14246, 11702, 9929, 8622, 7620, 6826, 6182, 5649, 5201, 4096, 3276, 2730, 2048];

export const clamp = (v, low, high) => (v < low ? low : v > high ? high : v);
export const limit = (v) => clamp(v, -MAX_ODDS, MAX_ODDS);
/** limit(v >> 1), also for a v of more than 32 bits */
export const halved = (v) => clamp(v, -2 * MAX_ODDS, 2 * MAX_ODDS + 1) >> 1;

/** M-12, by odds + 3071 */
export const SQUASH = Int32Array.from({ length: 2 * MAX_ODDS + 1 }, (_, at) => {
  const v = Math.abs(at - MAX_ODDS), i = v >> 6, f = v & 63;
  const p = (KNOTS[i] * (64 - f) + KNOTS[i + 1] * f + 32) >> 6;
  return at < MAX_ODDS ? 65536 - p : p;
});

export const squash = (v) => SQUASH[v + MAX_ODDS];

/** M-13 */
export const STRETCH = new Int16Array(4096);
for (let p = 0, v = -MAX_STRETCH; p < 4096; p++) {
  while (v < MAX_STRETCH && SQUASH[v + MAX_ODDS] < 16 * p + 8) v++;
  STRETCH[p] = v;
}

/** M-20, by count: the step; and the count after it in the upper four bits */
export const STEP = Int32Array.from(STEPS);
export const COUNTS = Int32Array.from(STEPS, (_, c) => Math.min(c + 1, 15) << 12);

/** M-28 and M-29. Code and range are unsigned, but kept as numbers of 32 bits with a sign: 64 bits would be slow. */
export class ArithmeticDecoder {
  constructor(payload, refuse) {
    this.payload = payload;
    this.refuse = refuse;
    this.at = 0;
    /** The code, the range */
    this.state = Int32Array.of(0, -1);
    for (let i = 0; i < 4; i++) this.state[0] = (this.state[0] << 8) | this.byte();
    if (this.state[0] === -1) refuse("PAYLOAD_CORRUPT", "the code is FFFFFFFF at the beginning");
  }

  byte() {
    const { payload, at } = this;
    if (at >= payload.length + 3) this.refuse("PAYLOAD_SHORT", "ends before the last decision");
    this.at = at + 1;
    return at < payload.length ? payload[at] : 0;
  }

  /** @param q the probability of 1 */
  decode(q) {
    const { state } = this;
    let code = state[0], range = state[1], d = 1;
    const bound = (Math.imul(range >>> 16, q) + (Math.imul(range & 0xffff, q) >>> 16)) | 0;
    if (code >>> 0 < bound >>> 0) {
      range = bound;
    } else {
      d = 0;
      code = (code - bound) | 0;
      range = (range - bound) | 0;
    }
    while (range >>> 24 === 0) {
      code = (code << 8) | this.byte();
      range <<= 8;
    }
    state[0] = code;
    state[1] = range;
    return d;
  }

  end() {
    if (this.at < this.payload.length + 3) this.refuse("PAYLOAD_TRAILING_BYTES", "bytes follow the last decision");
    if (this.state[0] >>> 24 !== 0) this.refuse("PAYLOAD_CORRUPT", "the code is 2^24 or more at the end");
  }
}
