// A decoder of the kmq image format, version 1, written from the text of kmq-1.md. Letters such as H-3 are
// the rules of that text. No dependency; runs in browsers and in Node.

import { palettes, readChunks } from "./chunks.js";
import { DEFAULT_LIMITS, FORMAT_LIMITS, checkSizes, checkedLimits, newRaster } from "./limits.js";
import { METHODS, decodePacked, packedLength } from "./methods.js";
import { decodePalette, readStoredPalette } from "./palette.js";
import { KmqError } from "./refusal.js";
import { Source, crc32c, u32 } from "./source.js";

export { DEFAULT_LIMITS, FORMAT_LIMITS, KmqError, palettes };

/**
 * Decodes an image.
 *
 * @param bytes the file, a Uint8Array or ArrayBuffer
 * @param options `limits` (see DEFAULT_LIMITS; those not named keep their default); `whole`, true unless
 *     given: refuse bytes after the image; `salvage`, false unless given: return an image even if
 *     tiles are damaged or missing (a short file is given whole or refused)
 * @returns
 *   - `width`, `height` in pixels, `colors` (K), `method` ("packed", "deflate", "rans", "mix"),
 *     `alpha` (whether the file stores alpha), `colorSpace` ("srgb" or "icc": as in the iCCP chunk);
 *   - `palette`: Uint8Array of 4 K values: red, green, blue, alpha (straight) of each entry;
 *   - `indices`: width * height, row by row; Uint8Array for K up to 256, else Uint16Array;
 *   - `chunks`: objects of `type` and `data` in the order of the file, unknown ones among them;
 *   - `byteLength`: the bytes that the image takes from the beginning of `bytes`;
 *   - `toImageData()`, which makes an ImageData, in browsers;
 *   - with `salvage`: `intact`, for every tile whether it could be decoded (the others have index 0), and
 *     `fault`, the first KmqError or null.
 * @throws KmqError if the file breaks a rule, with the reason that section 10 puts first
 */
export function decode(bytes, { limits, whole = true, salvage = false } = {}) {
  const allowed = checkedLimits(limits);
  const source = new Source(toUint8Array(bytes));
  const header = readHeader(source, allowed);
  const { chunks, indices, intact, fault } = header.short
    ? readShortBody(source, header, allowed, salvage)
    : readBody(source, header, allowed, salvage);
  const trailing = fault === null && whole ? trailingBytes(source) : null;
  if (trailing !== null && !salvage) throw trailing;
  return {
    width: header.width,
    height: header.height,
    colors: header.colors,
    method: header.coding.name,
    alpha: header.alpha,
    colorSpace: header.colorSpace,
    palette: header.palette,
    indices,
    chunks,
    byteLength: source.at,
    ...(salvage && { intact, fault: fault ?? trailing }),
    toImageData,
  };
}

/** Of a decoded image, in a browser */
function toImageData() {
  return new ImageData(toRgba(this), this.width, this.height);
}

/** The pixels of a decoded image as red, green, blue, alpha (straight): what ImageData takes. */
export function toRgba({ indices, palette }) {
  const rgba = new Uint8ClampedArray(4 * indices.length);
  // Numbers with a sign: others would not fit in what browsers keep without an object.
  const from = new Int32Array(palette.slice().buffer);
  const to = new Int32Array(rgba.buffer);
  for (let i = 0; i < to.length; i++) to[i] = from[indices[i]];
  return rgba;
}

function readBody(source, header, limits, salvage) {
  const stored = readStoredPalette(source, header);
  source.checksum(0, "HEADER_CRC", "the header"); // H-11
  const checked = source.bytes.subarray(0, source.at - 4);
  header.palette = decodePalette(source, stored, header);
  const chunks = header.hasChunks ? readChunks(source, header, limits) : [];
  header.seed = seed(source, checked, header, chunks);
  const tables = header.colors > 1 && header.coding.tablesOf ? readTables(source, header) : undefined;
  const indices = newRaster(source, header, tables, limits);
  return { chunks, indices, ...readTiles(source, header, tables, indices, salvage) };
}

function toUint8Array(bytes) {
  if (bytes instanceof Uint8Array) return bytes;
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  throw new TypeError("bytes must be a Uint8Array or an ArrayBuffer");
}

// Sections 4 and 5: header and palette.

const SIGNATURE = [0xcb, 0x4b, 0x4d, 0x51, 0x0d, 0x0a, 0x1a, 0x0a];
const TEXT_MODE_DAMAGE = [
  [0xcb, 0x4b, 0x4d, 0x51],
  [0x4b, 0x4b, 0x4d, 0x51],
  [0xc3, 0x8b, 0x4b, 0x4d, 0x51],
  [0xef, 0xbf, 0xbd, 0x4b, 0x4d, 0x51],
];
const MAX_DIMENSION = 2 ** 31 - 1;

/** H-1 */
function readSignature(source) {
  const start = source.bytes.subarray(0, 8);
  const begins = (beginning) => beginning.length <= start.length && beginning.every((byte, i) => byte === start[i]);
  if (begins(SIGNATURE)) {
    source.field(8, "signature");
    return;
  }
  if (start.length > 0 && start.length < 8 && begins(SIGNATURE.slice(0, start.length))) {
    source.refuse("TRUNCATED", "the file ends in the signature");
  }
  if (TEXT_MODE_DAMAGE.some(begins)) source.refuse("TEXT_MODE_DAMAGE", "damaged by a transfer in text mode");
  source.refuse("NOT_KMQ", "not a kmq file");
}

function readHeader(source, limits) {
  readSignature(source);
  const [version, flags] = source.bytes.subarray(8, 10);
  const short = version === 1 && (flags & 2) !== 0; // H-12
  const header = short ? readShortHeader(source) : readFullHeader(source);
  header.bitsPerIndex = 32 - Math.clz32(header.colors - 1); // I-1
  checkSizes(source, header, limits);
  return header;
}

function readFullHeader(source) {
  const fixed = source.field(16, "header");
  const [version, flags, method, entry] = fixed;
  const space = fixed[14];
  if (version !== 1) source.refuse("UNKNOWN_VERSION", `version ${version}`);
  if ((flags & ~(method === 3 ? 5 : 1)) !== 0) source.refuse("RESERVED_FLAGS", `flags ${flags}`);
  const coding = METHODS[method] ?? source.refuse("UNKNOWN_METHOD", `index method ${method}`);
  if (entry > (method === 0 ? 1 : 3)) {
    source.refuse("UNKNOWN_PALETTE_ENTRY", `palette entry ${entry}, index method ${coding.name}`); // H-5
  }
  if (space > 1) source.refuse("UNKNOWN_COLOR_SPACE", `colour space ${space}`);
  const width = u32(fixed, 4);
  const height = u32(fixed, 8);
  if (width < 1 || width > MAX_DIMENSION || height < 1 || height > MAX_DIMENSION) {
    source.refuse("INVALID_DIMENSIONS", `${width} x ${height} pixels`);
  }
  return {
    short: false,
    hasChunks: (flags & 1) === 1,
    withMatches: (flags & 4) === 4,
    coding,
    alpha: (entry & 1) === 1,
    coded: entry > 1,
    width,
    height,
    colors: ((fixed[12] << 8) | fixed[13]) + 1,
    colorSpace: space === 0 ? "srgb" : "icc",
    tileWidth: tileSize(fixed[15] >> 4, width),
    tileHeight: tileSize(fixed[15] & 15, height),
  };
}

/** Section 4.1 */
function readShortHeader(source) {
  const [, flags, entryAndMethod, w, h, k] = source.field(6, "header");
  const method = entryAndMethod & 15;
  if ((flags & ~(method === 3 ? 6 : 2)) !== 0) source.refuse("RESERVED_FLAGS", `flags ${flags} of a short file`); // H-12
  const entry = entryAndMethod >> 4;
  const coding = method === 0 ? undefined : METHODS[method];
  if (!coding) source.refuse("UNKNOWN_METHOD", `index method ${method} of a short file`); // H-13
  if (entry > 3) source.refuse("UNKNOWN_PALETTE_ENTRY", `palette entry ${entry}`);
  const [width, height] = [w + 1, h + 1];
  return {
    short: true,
    withMatches: (flags & 4) === 4,
    coding,
    alpha: (entry & 1) === 1,
    coded: entry > 1,
    width,
    height,
    colors: k + 1,
    colorSpace: "srgb",
    tileWidth: width,
    tileHeight: height,
  };
}

/** G-4, and P-7 on the way */
function seed(source, checked, { colorSpace }, chunks) {
  const flagless = checked.slice();
  flagless[9] &= 0xfe;
  if (colorSpace === "srgb") return crc32c(flagless);
  const profile = chunks.find((chunk) => chunk.type === "iCCP");
  if (!profile) source.refuse("MISSING_ICC_PROFILE", "colour space 1 without an iCCP chunk");
  return crc32c(profile.data, crc32c(flagless));
}

/** H-9 */
function tileSize(code, full) {
  return code === 0 ? full : Math.min(full, 2 ** (code + 3));
}

// Section 8.4, A-1 and A-2: shared tables.

function readTables(source, header) {
  const start = source.at;
  const length = source.u32("length of the shared tables");
  if (length < 1 || length > 65535) source.refuse("TABLES_LENGTH", `shared tables of ${length} bytes`);
  const data = source.field(length, "shared tables");
  source.checksum(start, "TABLES_CRC", "the shared tables", header.seed);
  return tablesOf(source, start, data, header);
}

function tablesOf(source, start, data, { coding, palette }) {
  source.fieldAt = start;
  return coding.tablesOf(data, palette, (text) => source.refuse("TABLES_CORRUPT", `shared tables: ${text}`));
}

// Section 4.1: what follows the header of a short file.

/** The only checksum is at the end of the file; apart from lengths nothing is validated before it (H-15). */
function readShortBody(source, header, limits, salvage) {
  const { width, height, colors, bitsPerIndex, coding } = header;
  const stored = readStoredPalette(source, header);
  const tablesAt = source.at;
  const tables =
    colors > 1 && coding.tablesOf
      ? source.field(source.u16("length of the shared tables"), "shared tables")
      : undefined;
  const tileAt = source.at;
  const packed = packedLength(width * height, bitsPerIndex);
  const length = source.lengthInsteadOf(packed, "length of the tile");
  if (length > 0 && (length >= packed || tables?.length === 0)) {
    source.refuse("TILE_LENGTH", `length ${length}, packed length ${packed}, ${tables?.length ?? "no"} bytes of tables`);
  }
  const payload = source.field(length === 0 ? packed : length, "payload");
  source.checksum(0, "HEADER_CRC", "the file");
  header.palette = decodePalette(source, stored, header);
  const parameters = {
    colors,
    bitsPerIndex,
    palette: header.palette,
    tables: tables?.length > 0 ? tablesOf(source, tablesAt, tables, header) : undefined,
    refuse: (reason, text) => source.refuse(reason, `tile 0: ${text}`),
    withMatches: header.withMatches,
  };
  const indices = newRaster(source, header, parameters.tables, limits);
  const raster = new TileRaster(indices, width, 0, 0, width, height);
  source.fieldAt = tileAt;
  try {
    (length === 0 ? decodePacked : coding.decodePayload)(payload, raster, parameters);
  } catch (fault) {
    if (!salvage || !(fault instanceof KmqError)) throw fault;
    raster.clear(); // S-6
    return { chunks: [], indices, intact: [false], fault };
  }
  return { chunks: [], indices, intact: [true], fault: null };
}

// Section 7: tiles.

function readTiles(source, header, tables, indices, salvage) {
  const { width, height, tileWidth, tileHeight } = header;
  const intact = [];
  let fault = null;
  for (let y = 0; y < height; y += tileHeight) {
    for (let x = 0; x < width; x += tileWidth) {
      const number = intact.length;
      const raster = new TileRaster(indices, width, x, y, Math.min(tileWidth, width - x), Math.min(tileHeight, height - y));
      try {
        readTile(source, header, tables, raster, number);
        intact.push(true);
      } catch (e) {
        if (!salvage || !(e instanceof KmqError)) throw e;
        fault ??= e;
        raster.clear(); // S-6
        if (e.reason === "TILE_LENGTH" || e.reason === "TRUNCATED") {
          const tiles = Math.ceil(width / tileWidth) * Math.ceil(height / tileHeight);
          return { intact: intact.concat(new Array(tiles - number).fill(false)), fault }; // S-7
        }
        intact.push(false);
      }
    }
  }
  return { intact, fault };
}

/** The part of an image's indices that a tile fills. */
class TileRaster {
  constructor(indices, stride, x, y, width, height) {
    Object.assign(this, { indices, stride, width, height, origin: y * stride + x });
  }

  row(y) {
    const start = this.origin + y * this.stride;
    return this.indices.subarray(start, start + this.width);
  }

  clear() {
    for (let y = 0; y < this.height; y++) this.row(y).fill(0);
  }
}

function readTile(source, { coding, colors, bitsPerIndex, palette, seed, withMatches }, tables, raster, number) {
  const start = source.at;
  let length = packedLength(raster.width * raster.height, bitsPerIndex);
  let decodePayload = decodePacked;
  if (coding.framed) {
    const framing = source.u32(`length of tile ${number}`);
    const packed = framing >= 2 ** 31;
    const claimed = packed ? framing - 2 ** 31 : framing;
    if (packed ? claimed !== length : claimed < 1 || claimed >= length) {
      source.refuse("TILE_LENGTH", `tile ${number}: length ${claimed}, packed length ${length}`); // T-7, T-8
    }
    length = claimed;
    if (!packed) decodePayload = coding.decodePayload;
  }
  const payload = source.field(length, `payload of tile ${number}`);
  source.checksum(start, "TILE_CRC", `tile ${number}`, seed, number); // T-9, T-12
  source.fieldAt = start;
  const refuse = (reason, text) => source.refuse(reason, `tile ${number}: ${text}`);
  decodePayload(payload, raster, { colors, bitsPerIndex, palette, tables, refuse, withMatches });
}

function trailingBytes(source) {
  const left = source.bytes.length - source.at;
  return left === 0 ? null : new KmqError("TRAILING_BYTES", `${left} bytes after the image`, source.at); // S-1
}
