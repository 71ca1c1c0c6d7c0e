// Section 8.5 of kmq-1.md: adaptive binary arithmetic coding, predicted by counters that are mixed.

const HASHED = 6;
const MAX_INPUTS = 12;
const FIRST_WEIGHT = 14000;
const NEW_COUNTER = 2048;
const KNOTS_OF_REFINEMENT = 33;
const LEAST_RANGE = 2 ** 24;

/** M-4: offsets and weights, those with a name first. */
const NEIGHBORS = [
  [-1, 0, 6], [-2, 0, 3], [0, -1, 6], [-1, -1, 4], [-2, -1, 2], [1, -1, 4], [2, -1, 2], [0, -2, 3], [-1, -2, 2],
  [1, -2, 2], [-3, 0, 1], [-3, -1, 1], [3, -1, 1], [-2, -2, 1], [2, -2, 1], [0, -3, 1], [1, -3, 1],
];
const NAMED = 10;

/** M-5 */
const DISTANCES = [1, 2, 3, 4, 6, 8, 13, 19, 28, 43, 64, 97, 147, 223, 338];

/** M-12 */
const KNOTS = [
  32768, 36843, 40793, 44511, 47911, 50941, 53581, 55834, 57724, 59287, 60565, 61598, 62428, 63090, 63615, 64030,
  64357, 64614, 64816, 64974, 65097, 65194, 65269, 65328, 65374, 65410, 65438, 65459, 65476, 65489, 65500, 65508,
  65514, 65519, 65523, 65526, 65528, 65530, 65531, 65532, 65533, 65534, 65534, 65535, 65535, 65535, 65535, 65535,
  65535,
];

/** M-20 */
const STEPS = [
  40960, 25206, 18204, 14246, 11702, 9929, 8622, 7620, 6826, 6182, 5649, 5201, 4096, 3276, 2730, 2048,
];

// Numbers of weight sets: by node, by activity and what is gone, by flag and edges, by flag and activity, even places.
const STATE_SETS = 1024;
const EDGE_SETS = STATE_SETS + 16 * 9;
const ACTIVITY_SETS = EDGE_SETS + 2 * 32;
const EVEN_SET = ACTIVITY_SETS + 2 * 16;
const OUTER_SETS = EVEN_SET + 1;
const SETS = OUTER_SETS + 128;

const clamp = (v, low, high) => Math.max(low, Math.min(high, v));
const limit = (odds) => clamp(odds, -3071, 3071);

/** M-12 */
function squash(odds) {
  if (odds < 0) return 65536 - squash(-odds);
  const i = odds >> 6;
  const part = odds & 63;
  return (KNOTS[i] * (64 - part) + KNOTS[i + 1] * part + 32) >> 6;
}

/** M-13 */
const STRETCH = new Int16Array(4096);
for (let p = 0, odds = -2047; p < 4096; p++) {
  while (odds < 2047 && squash(odds) < 16 * p + 8) odds++;
  STRETCH[p] = odds;
}

/** M-7 */
function hash(a, b) {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

const top = (h, bits) => h >>> (32 - bits);
const place = (key, bits) => (key >>> bits === 0 ? key : top(hash(key, 0), bits));

// M-9
const weightClass = (v) => (v < 8 ? v : v < 16 ? 8 + ((v - 8) >> 1) : 12 + ((v - 16) >> 2));
const relativeClass = (z) => (z < 24 ? z : z < 48 ? 24 + ((z - 24) >> 2) : Math.min(31, 30 + (z >> 7)));

function planeClass(d) {
  const v = d < 0 ? ~d : d;
  const c = v < 16 ? v : v < 48 ? 16 + ((v - 16) >> 2) : Math.min(31, 24 + ((v - 48) >> 3));
  return d < 0 ? 31 - c : 32 + c;
}

function stepClass(d) {
  const v = d < 0 ? ~d : d;
  const c =
    v < 16 ? v : v < 32 ? 16 + ((v - 16) >> 1) : v < 64 ? 24 + ((v - 32) >> 3) : Math.min(31, 28 + ((v - 64) >> 5));
  return (d < 0 ? 31 - c : 32 + c) >> 2;
}

function distanceClass(d) {
  let found = 0;
  while (found < DISTANCES.length && DISTANCES[found] <= d) found++;
  return found;
}

function integerRoot(square) {
  let root = Math.floor(Math.sqrt(square));
  while (root * root > square) root--;
  while ((root + 1) * (root + 1) <= square) root++;
  return root;
}

/** M-1 to M-3: the palette as a binary tree. */
class Tree {
  /** @param palette K entries of red, green, blue, alpha */
  constructor(palette) {
    const k = palette.length / 4;
    this.size = k;
    /** The index at each position. */
    this.index = Uint16Array.from({ length: k }, (_, i) => i);
    this.closeness = new Int32Array(k);
    /** By node: four numbers of the normal, the offset, the steepness. */
    this.planes = new Int32Array(6 * k);
    this.halve(palette, 0, k);
    /** Four channels for each position. */
    this.colors = new Uint8Array(4 * k);
    for (let p = 0; p < k; p++) this.colors.set(palette.subarray(4 * this.index[p], 4 * this.index[p] + 4), 4 * p);
  }

  halve(palette, from, to) {
    if (to - from < 2) return;
    const part = this.index.subarray(from, to);
    const channel = widestChannel(palette, part);
    part.set(Uint32Array.from(part, (i) => palette[4 * i + channel] * 65536 + i).sort());
    const middle = (from + to) >> 1;
    this.place(mean(palette, this.index.subarray(from, middle)), mean(palette, this.index.subarray(middle, to)), from, middle, to);
    this.halve(palette, from, middle);
    this.halve(palette, middle, to);
  }

  /** M-2 */
  place(left, right, from, middle, to) {
    const v = right.map((r, c) => r - left[c]);
    const sum = v.reduce((s, x) => s + Math.abs(x), 0);
    const closeness = sum <= 2 ? 2 ** 19 - 1 : Math.floor(2 ** 20 / sum);
    if (middle - from === 1) this.closeness[from] = closeness;
    if (to - middle === 1) this.closeness[middle] = closeness;
    const length = integerRoot(256 * v.reduce((s, x) => s + x * x, 0));
    if (length === 0) return;
    const normal = v.map((x) => Math.floor((4096 * x + (length >> 1)) / length));
    const offset = normal.reduce((s, n, c) => s + n * (left[c] + right[c]), 0) >> 3;
    this.planes.set([...normal, offset, Math.min(65535, Math.floor(1572864 / length))], 6 * middle);
  }

  steepness(node) {
    return this.planes[6 * node + 5];
  }

  /** M-3 */
  plane(color, node) {
    let distance = -this.planes[6 * node + 4];
    for (let c = 0; c < 4; c++) distance += this.planes[6 * node + c] * color[c];
    return distance;
  }

  /** M-5 */
  apart(p, q) {
    let sum = 0;
    for (let c = 0; c < 4; c++) sum += Math.abs(this.colors[4 * p + c] - this.colors[4 * q + c]);
    return sum;
  }

  /** M-24: the relative class of a colour in quarters from the colour of a position */
  relative(color, p) {
    let sum = 0;
    for (let c = 0; c < 4; c++) sum += Math.abs(color[c] - 4 * this.colors[4 * p + c]);
    return relativeClass((sum * this.closeness[p]) >> 16);
  }
}

function widestChannel(palette, indices) {
  let widest = 0;
  let most = -1;
  for (let c = 0; c < 4; c++) {
    let low = 255;
    let high = 0;
    for (const i of indices) {
      low = Math.min(low, palette[4 * i + c]);
      high = Math.max(high, palette[4 * i + c]);
    }
    if (high - low > most) {
      most = high - low;
      widest = c;
    }
  }
  return widest;
}

function mean(palette, indices) {
  const sums = [0, 0, 0, 0];
  for (const i of indices) for (let c = 0; c < 4; c++) sums[c] += palette[4 * i + c];
  return sums.map((sum) => Math.floor((16 * sum) / indices.length));
}

/** M-28 and M-29 */
class ArithmeticDecoder {
  constructor(payload, refuse) {
    this.payload = payload;
    this.refuse = refuse;
    this.at = 0;
    this.range = 0xffffffff;
    this.code = 0;
    for (let i = 0; i < 4; i++) this.code = 256 * this.code + this.next();
    if (this.code >= this.range) refuse("PAYLOAD_CORRUPT", "the payload begins with four bytes FF");
  }

  next() {
    if (this.at < this.payload.length) return this.payload[this.at++];
    if (this.at >= this.payload.length + 3) this.refuse("PAYLOAD_SHORT", "the payload ends before the pixels do");
    this.at++;
    return 0;
  }

  decide(one) {
    const bound = Math.floor((this.range * one) / 65536); // below 2^48, so exact
    const decision = this.code < bound ? 1 : 0;
    if (decision === 1) {
      this.range = bound;
    } else {
      this.code -= bound;
      this.range -= bound;
    }
    while (this.range < LEAST_RANGE) {
      this.code = 256 * this.code + this.next();
      this.range *= 256;
    }
    return decision;
  }

  end() {
    if (this.at < this.payload.length + 3) this.refuse("PAYLOAD_TRAILING_BYTES", "bytes behind the last pixel");
    if (this.code >= LEAST_RANGE) this.refuse("PAYLOAD_CORRUPT", "the payload does not end as an encoder ends it");
  }
}

/** M-14 to M-20: a decision by several counters. */
class Mixer {
  constructor(coder, counters, refinements) {
    this.coder = coder;
    this.counters = new Uint16Array(counters).fill(NEW_COUNTER);
    this.weights = new Int32Array(SETS * MAX_INPUTS).fill(FIRST_WEIGHT);
    const first = Array.from({ length: KNOTS_OF_REFINEMENT }, (_, i) => squash(limit(192 * i - 3072)));
    this.refined = new Uint16Array(refinements * KNOTS_OF_REFINEMENT);
    for (let i = 0; i < refinements; i++) this.refined.set(first, i * KNOTS_OF_REFINEMENT);
    /** Where the inputs' counters are. */
    this.inputs = new Int32Array(MAX_INPUTS);
    this.odds = new Int32Array(MAX_INPUTS);
  }

  decide(count, setA, setB, refinement) {
    const { counters, inputs, odds, refined } = this;
    for (let i = 0; i < count; i++) odds[i] = STRETCH[counters[inputs[i]] & 4095];
    const oddsA = this.mix(count, setA);
    const oddsB = this.mix(count, setB);
    const mixed = (oddsA + oddsB) >> 1;
    const steps = Math.floor((mixed + 3072) / 192);
    const part = mixed + 3072 - 192 * steps;
    const knot = refinement * KNOTS_OF_REFINEMENT + steps;
    const probability = Math.floor((refined[knot] * (192 - part) + refined[knot + 1] * part) / 192);
    const decision = this.coder.decide(clamp((squash(mixed) + probability) >> 1, 16, 65520));
    const nearest = part < 96 ? knot : knot + 1;
    refined[nearest] += (65535 * decision - refined[nearest]) >> 6;
    this.learn(count, setA, 5 * (65536 * decision - squash(oddsA)));
    this.learn(count, setB, 5 * (65536 * decision - squash(oddsB)));
    for (let i = 0; i < count; i++) {
      const p = counters[inputs[i]] & 4095;
      const n = counters[inputs[i]] >> 12;
      counters[inputs[i]] = (Math.min(n + 1, 15) << 12) | (p + (((4095 * decision - p) * STEPS[n] + 32768) >> 16));
    }
    return decision;
  }

  /** M-16: exact, as all sums are below 2^53 */
  mix(count, set) {
    let sum = 32768;
    for (let i = 0; i < count; i++) sum += this.odds[i] * this.weights[set * MAX_INPUTS + i];
    return limit(Math.floor(sum / 65536));
  }

  /** M-19 */
  learn(count, set, error) {
    for (let i = 0; i < count; i++) this.weights[set * MAX_INPUTS + i] += (this.odds[i] * error + 131072) >> 18;
  }
}

/** M-21 to M-27: the pixels of a tile. */
class Tile {
  constructor(payload, tree, raster, refuse) {
    this.tree = tree;
    this.width = raster.width;
    this.rows = Array.from({ length: raster.height }, () => new Uint16Array(raster.width));
    this.layOut(raster.width * raster.height);
    this.coder = new ArithmeticDecoder(payload, refuse);
    this.mixer = new Mixer(this.coder, this.numbered + 321, 4 << this.refinedBits);
    this.expectations = new Uint16Array(1 << this.otherBits);
    this.times = new Uint8Array(1 << this.otherBits);
    this.near = new Uint16Array(NEIGHBORS.length);
  }

  /** M-10: all counters stand in one array. */
  layOut(pixels) {
    const n = Math.ceil(Math.log2(pixels));
    this.lineBits = clamp(n, 9, 18);
    this.flagBits = clamp(n - 4, 6, 14);
    this.otherBits = clamp(n - 2, 8, 16);
    this.refinedBits = clamp(n - 10, 3, 8);
    this.flags = HASHED << this.lineBits;
    this.flagOthers = this.flags + (HASHED << this.flagBits);
    this.nodeOthers = this.flagOthers + (8 << this.otherBits);
    this.numbered = this.nodeOthers + (10 << this.otherBits);
  }

  /** M-4 and A-8 */
  at(x, y) {
    if (y < 0) return 0;
    if (x < 0) return this.at(0, y - 1);
    return this.rows[y][Math.min(x, this.width - 1)];
  }

  decode() {
    for (let y = 0; y < this.rows.length; y++) {
      for (let x = 0; x < this.width; x++) this.rows[y][x] = this.pixel(x, y);
    }
    this.coder.end();
  }

  pixel(x, y) {
    const { near } = this;
    for (let i = 0; i < near.length; i++) near[i] = this.at(x + NEIGHBORS[i][0], y + NEIGHBORS[i][1]);
    if (near.subarray(0, NAMED).every((p) => p === near[0])) return this.even(near[0]);
    this.look();
    const [w, ww, n, nw, nww, ne, nee, nn, nnw, nne] = near;
    const left = hash((w << 16) | ww, (n << 16) | nw);
    const right = hash((nee << 16) | ne, (nn << 16) | nnw);
    const entry = top(hash(hash(left, right), (nww << 16) | nne), this.otherBits);
    this.repeated = this.times[entry];
    this.expected = this.repeated > 0 ? this.expectations[entry] : -1;
    const position = this.uneven();
    this.times[entry] = position === this.expected ? Math.min(this.repeated + 1, 30) : 1;
    this.expectations[entry] = position;
    return position;
  }

  /** M-21 */
  even(w) {
    const { mixer } = this;
    let outer = 0;
    for (let i = NAMED; i < this.near.length; i++) outer |= (this.near[i] === w ? 1 : 0) << (i - NAMED);
    mixer.inputs[0] = this.flags + top(hash(w, 0), this.flagBits);
    mixer.inputs[1] = this.numbered + 193 + outer;
    if (mixer.decide(2, EVEN_SET, OUTER_SETS + outer, this.refinement(3, w)) === 1) return w;
    this.look();
    this.expected = -1;
    this.repeated = 0;
    return this.descend(-1);
  }

  refinement(kind, key) {
    return (kind << this.refinedBits) + (key & ((1 << this.refinedBits) - 1));
  }

  /** M-5, M-6, M-8 */
  look() {
    const { tree, near } = this;
    const [w, ww, n, nw, nww, ne, nee, nn, nnw, nne] = near;
    const apart = [tree.apart(w, n), tree.apart(w, nw), tree.apart(n, ne), tree.apart(n, nw), tree.apart(w, ww), tree.apart(n, nn)];
    const a = distanceClass(apart.reduce((s, d) => s + d, 0));
    this.activity = a;
    this.steps = apart.slice(0, 4).reduce((s, d) => (s << 4) | distanceClass(d), 0);
    const pairs = [[w, n], [w, nw], [w, ne], [n, ne], [n, nw], [w, ww], [n, nn], [ne, nee], [ne, nne], [nw, nww], [nw, nnw], [ww, nww]];
    this.edges = pairs.reduce((s, [p, q], i) => s | ((p === q ? 1 : 0) << i), 0);
    this.hashes = [hash(w, a), hash(n, a + 16), hash(w, ww), hash(n, nn), hash(hash(w, n), ne), hash(ne, a + 32)];
    const color = (p, c) => tree.colors[4 * p + c];
    const channels = [0, 1, 2, 3];
    this.mean = channels.map((c) => 2 * (color(w, c) + color(ne, c)));
    this.gradient = channels.map((c) => 4 * clamp(color(w, c) + color(n, c) - color(nw, c), 0, 255));
    this.slope = channels.map((c) => 4 * clamp(2 * color(w, c) - color(ww, c), 0, 255));
  }

  /** M-4 */
  weight(from, to) {
    let sum = 0;
    for (let i = 0; i < this.near.length; i++) if (this.near[i] >= from && this.near[i] < to) sum += NEIGHBORS[i][2];
    return sum;
  }

  /** M-11 */
  line(i, h) {
    return (i << this.lineBits) + 16 * top(h, this.lineBits - 4);
  }

  /** M-23 */
  uneven() {
    const { near, mixer, hashes } = this;
    const w = near[0];
    const rival = this.tree.size === 2 ? -1 : ([near[2], near[5], near[3]].find((p) => p !== w) ?? -1);
    const weightOfW = this.weight(w, w + 1);
    const weightOfRival = rival < 0 ? 0 : this.weight(rival, rival + 1);
    hashes.forEach((h, i) => (mixer.inputs[i] = this.flags + (i << this.flagBits) + top(h, this.flagBits)));
    if (this.flag(w, 0, weightOfW, weightOfRival, hash(w, near[2])) === 1) return w;
    if (rival >= 0) {
      hashes.forEach((h, i) => (mixer.inputs[i] = this.line(i, h)));
      if (this.flag(rival, 1, weightOfRival, 0, hash(rival, w)) === 1) return rival;
    }
    return this.descend(rival);
  }

  /** M-24 */
  flag(p, flag, own, other, key) {
    const { tree, mixer, edges, activity, otherBits: bits } = this;
    const toMean = tree.relative(this.mean, p);
    const toGradient = tree.relative(this.gradient, p);
    const weights = 20 * weightClass(own) + weightClass(other);
    const table = (i) => this.flagOthers + ((2 * i + flag) << bits);
    mixer.inputs[6] = table(0) + place(16 * edges + activity, bits);
    mixer.inputs[7] = table(1) + top(hash(edges & 31, 32 * weights + toMean), bits);
    mixer.inputs[8] = table(2) + place(this.steps, bits);
    mixer.inputs[9] = table(3) + place(256 * toMean + 8 * toGradient + (activity >> 1), bits);
    mixer.inputs[10] = this.numbered + 64 * flag + 2 * this.repeated + (this.expected === p ? 1 : 0);
    const setA = EDGE_SETS + 32 * flag + (edges & 31);
    return mixer.decide(11, setA, ACTIVITY_SETS + 16 * flag + activity, this.refinement(flag, key));
  }

  /** M-25 and M-26 */
  descend(rival) {
    const w = this.near[0];
    let from = 0;
    let to = this.tree.size;
    let lines = this.hashes.map((h, i) => this.line(i, h));
    for (let path = 1, depth = 0; to - from > 1; depth++) {
      const middle = (from + to) >> 1;
      const side = (p) => (p < from || p >= to ? 0 : p < middle ? 1 : 2);
      const gone = [side(w), side(rival)];
      const goneFrom = (half) => gone.filter((s) => s === half).length;
      if (depth > 0 && depth % 4 === 0) lines = this.hashes.map((h, i) => this.line(i, hash(h, path)));
      let right;
      if (middle - from === goneFrom(1)) {
        right = 1;
      } else if (to - middle === goneFrom(2)) {
        right = 0;
      } else {
        const slot = (1 << depth % 4) | (path & ((1 << depth % 4) - 1));
        lines.forEach((line, i) => (this.mixer.inputs[i] = line + slot));
        const left = weightClass(this.weight(from, middle));
        right = this.node(middle, 3 * gone[0] + gone[1], left, weightClass(this.weight(middle, to)), side(this.expected));
      }
      if (right === 0) to = middle;
      else from = middle;
      path = 2 * path + right;
    }
    return from;
  }

  /** M-27 */
  node(node, gone, l, r, expectedSide) {
    const { tree, mixer, activity } = this;
    const bits = this.otherBits + 1;
    const table = (i) => this.nodeOthers + (i << bits);
    const byDistance = (color) => place(64 * node + planeClass(tree.plane(color, node) >> 10), bits);
    const step = stepClass(((tree.plane(this.mean, node) >> 4) * tree.steepness(node)) >> 16);
    const weights = 16 * Math.min(l, 15) + Math.min(r, 15);
    mixer.inputs[6] = table(0) + byDistance(this.mean);
    mixer.inputs[7] = table(1) + top(hash(step, 256 * (8 * gone + (activity >> 1)) + weights), bits);
    mixer.inputs[8] = table(2) + top(hash(node, (12 * gone + Math.min(l, 11)) * 12 + Math.min(r, 11)), bits);
    mixer.inputs[9] = table(3) + byDistance(this.gradient);
    mixer.inputs[10] = table(4) + byDistance(this.slope);
    mixer.inputs[11] = this.numbered + (expectedSide === 0 ? 192 : 128 + 2 * this.repeated + expectedSide - 1);
    return mixer.decide(12, node % 1024, STATE_SETS + 9 * activity + gone, this.refinement(2, node));
  }
}

/** Trees by palette: tiles of a picture have the same. */
const trees = new WeakMap();

/** Section 8.5: fills the raster of a tile. */
export function decodeMix(payload, raster, { palette, refuse }) {
  if (!trees.has(palette)) trees.set(palette, new Tree(palette));
  const tree = trees.get(palette);
  const tile = new Tile(payload, tree, raster, refuse);
  tile.decode();
  tile.rows.forEach((positions, y) => {
    const row = raster.row(y);
    for (let x = 0; x < row.length; x++) row[x] = tree.index[positions[x]];
  });
}
