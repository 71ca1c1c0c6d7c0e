// Section 8.3 of kmq-1.md: DEFLATE (RFC 1951) without a wrapper, and every refusal of D-3 and D-4.

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const END_OF_BLOCK = 256;
/** Table entry for bits that no code begins with: one bit is enough to detect them. */
const NO_CODE = (0xfff << 4) | 1;

/**
 * The bytes of one DEFLATE stream.
 *
 * @param payload the stream, all of it
 * @param expected how many bytes it has to inflate to (E of D-2)
 * @param refuse called with the name of a reason and a text; does not return
 */
export function inflate(payload, expected, refuse) {
  const bits = new BitReader(payload, refuse);
  const out = { bytes: new Uint8Array(expected), at: 0 };
  let final;
  do {
    const block = bits.read(3);
    final = block & 1;
    if (block >> 1 === 3) refuse("PAYLOAD_CORRUPT", "a block has type 3");
    if (block >> 1 === 0) {
      copyStored(bits, out, refuse);
    } else {
      const [literals, distances] = block >> 1 === 1 ? FIXED : readCodes(bits, refuse);
      inflateBlock(bits, literals, distances, out, refuse);
    }
  } while (!final);
  if (bits.unreadBytes() > 0) refuse("PAYLOAD_TRAILING_BYTES", "bytes follow the final block");
  if (out.at < expected) refuse("PAYLOAD_SHORT", `${out.at} bytes inflated, ${expected} expected`);
  return out.bytes;
}

function copyStored(bits, out, refuse) {
  bits.alignToByte();
  const length = bits.read(16);
  if ((length ^ bits.read(16)) !== 0xffff) refuse("PAYLOAD_CORRUPT", "lengths of a stored block differ");
  const stored = bits.takeBytes(length);
  if (stored.length > out.bytes.length - out.at) tooLong(refuse);
  out.bytes.set(stored, out.at);
  out.at += stored.length;
  if (stored.length < length) tooShort(refuse);
}

function inflateBlock(bits, literals, distances, out, refuse) {
  const { bytes } = out;
  let at = out.at;
  for (;;) {
    const symbol = bits.symbol(literals);
    if (symbol < END_OF_BLOCK) {
      if (at === bytes.length) tooLong(refuse);
      bytes[at++] = symbol;
      continue;
    }
    if (symbol === END_OF_BLOCK) break;
    if (symbol > 285) refuse("PAYLOAD_CORRUPT", `length symbol ${symbol}`);
    const length = LENGTH_BASE[symbol - 257] + bits.read(LENGTH_BITS[symbol - 257]);
    const code = bits.symbol(distances);
    if (code > 29) refuse("PAYLOAD_CORRUPT", `distance symbol ${code}`);
    const distance = DISTANCE_BASE[code] + bits.read(DISTANCE_BITS[code]);
    if (distance > at) refuse("PAYLOAD_CORRUPT", `distance ${distance} after ${at} bytes`);
    if (length > bytes.length - at) tooLong(refuse);
    for (let i = 0; i < length; i++, at++) bytes[at] = bytes[at - distance];
  }
  out.at = at;
}

/** The two sets of codes of a dynamic block. */
function readCodes(bits, refuse) {
  const literalCount = bits.read(5) + 257;
  const distanceCount = bits.read(5) + 1;
  const lengthCount = bits.read(4) + 4;
  if (literalCount > 286) refuse("PAYLOAD_CORRUPT", `${literalCount} literal/length codes`);
  if (distanceCount > 30) refuse("PAYLOAD_CORRUPT", `${distanceCount} distance codes`);
  const ofLengths = new Uint8Array(19);
  for (let i = 0; i < lengthCount; i++) ofLengths[CODE_LENGTH_ORDER[i]] = bits.read(3);
  const codes = ofLengths.every((length) => length === 0)
    ? ONLY_ZEROS
    : codeTable(ofLengths, {}) ?? refuse("PAYLOAD_CORRUPT", "the set of the code lengths' own codes is not valid");
  const lengths = readLengths(bits, codes, literalCount + distanceCount, refuse);
  if (lengths[END_OF_BLOCK] === 0) refuse("PAYLOAD_CORRUPT", "no code for the end of the block");
  return [
    codeTable(lengths.subarray(0, literalCount), { single: true }) ?? refuse("PAYLOAD_CORRUPT", "the literal/length set is not valid"),
    codeTable(lengths.subarray(literalCount), { single: true, empty: true }) ?? refuse("PAYLOAD_CORRUPT", "the distance set is not valid"),
  ];
}

function readLengths(bits, codes, count, refuse) {
  const lengths = new Uint8Array(count);
  for (let at = 0; at < count; ) {
    const symbol = bits.symbol(codes);
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    const times = symbol === 16 ? 3 + bits.read(2) : symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7);
    if (symbol === 16 && at === 0) refuse("PAYLOAD_CORRUPT", "a repeat of code lengths with none before it");
    if (times > count - at) refuse("PAYLOAD_CORRUPT", "a repeat goes beyond the announced code lengths");
    lengths.fill(symbol === 16 ? lengths[at - 1] : 0, at, at + times);
    at += times;
  }
  return lengths;
}

/**
 * A table from as many bits as the longest code has to `symbol << 4 | length`, or null for lengths that
 * make no set: over-subscribed, or incomplete and neither a single code of length 1 nor empty where that
 * is allowed.
 */
function codeTable(lengths, allowed) {
  const count = new Uint16Array(16);
  for (const length of lengths) count[length]++;
  const used = lengths.length - count[0];
  const next = new Uint32Array(17);
  let max = 1;
  let free = 1;
  for (let length = 1; length < 16; length++) {
    free = 2 * free - count[length];
    if (free < 0) return null;
    if (count[length] > 0) max = length;
    next[length + 1] = (next[length] + count[length]) * 2;
  }
  const single = allowed.single && used === 1 && count[1] === 1;
  if (free > 0 && !single && !(allowed.empty && used === 0)) return null;
  const table = new Uint16Array(1 << max).fill(NO_CODE);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol];
    if (length === 0) continue;
    for (let at = reversed(next[length]++, length); at < table.length; at += 1 << length) {
      table[at] = (symbol << 4) | length;
    }
  }
  return { table, max };
}

function reversed(code, length) {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((code >> i) & 1) << (length - 1 - i);
  return result;
}

/** D-4: the table of a set without a code, while code lengths are read. */
const ONLY_ZEROS = { table: Uint16Array.of(1, 1), max: 1 };

const FIXED = [
  codeTable(new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280), {}),
  codeTable(new Uint8Array(32).fill(5), {}),
];

function tooLong(refuse) {
  refuse("PAYLOAD_LONG", "inflates to more bytes than the tile has");
}

function tooShort(refuse) {
  refuse("PAYLOAD_SHORT", "ends before its final block does");
}

/** Bits of a DEFLATE stream, the least significant one of a byte first. */
class BitReader {
  constructor(bytes, refuse) {
    this.bytes = bytes;
    this.refuse = refuse;
    this.at = 0;
    this.held = 0;
    this.heldBits = 0;
  }

  read(count) {
    this.fill(count);
    if (this.heldBits < count) tooShort(this.refuse);
    const value = this.held & ((1 << count) - 1);
    this.drop(count);
    return value;
  }

  symbol(codes) {
    this.fill(codes.max);
    // Bits after the end of the payload are held as 0; a code that needs one of them is longer than heldBits.
    const entry = codes.table[this.held & ((1 << codes.max) - 1)];
    const length = entry & 15;
    if (length > this.heldBits) tooShort(this.refuse);
    if (entry === NO_CODE) this.refuse("PAYLOAD_CORRUPT", "bits that are not a code");
    this.drop(length);
    return entry >> 4;
  }

  fill(count) {
    while (this.heldBits < count && this.at < this.bytes.length) {
      this.held |= this.bytes[this.at++] << this.heldBits;
      this.heldBits += 8;
    }
  }

  drop(count) {
    this.held >>>= count;
    this.heldBits -= count;
  }

  alignToByte() {
    this.drop(this.heldBits & 7);
  }

  /** As many bytes as there are, at most `length`; the reader must be at the start of a byte. */
  takeBytes(length) {
    this.at -= this.heldBits >> 3;
    this.held = this.heldBits = 0;
    const taken = this.bytes.subarray(this.at, this.at + length);
    this.at += taken.length;
    return taken;
  }

  unreadBytes() {
    return this.bytes.length - this.at + (this.heldBits >> 3);
  }
}
