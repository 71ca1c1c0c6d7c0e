// Section 9 of kmq-1.md: limits on what a file may ask for, tested before memory or time is taken.

import { packedLength } from "./methods.js";

/** The defaults of section 9: for programs that may take a minute and a gigabyte for an image. */
export const FORMAT_LIMITS = Object.freeze({
  pixels: 2 ** 28,
  rasterBytes: 2 ** 30,
  tiles: 2 ** 20,
  chunkBytes: 2 ** 24,
  chunks: 2 ** 16,
  work: 2 ** 37,
});

/**
 * The defaults of this decoder, for pages: at most 256 MiB of RGBA, 256 MiB for indices and working
 * memory, and some 6 seconds.
 */
export const DEFAULT_LIMITS = Object.freeze({
  pixels: 2 ** 26,
  rasterBytes: 2 ** 28,
  tiles: 2 ** 14,
  chunkBytes: 2 ** 24,
  chunks: 2 ** 12,
  work: 2 ** 31,
});

const MAX_PACKED_LENGTH = 2 ** 31 - 1;

/** About what a unit of work (L-6) takes here, at most */
const NANOSECONDS = 3;

/** All limits, those that are not given being the defaults. */
export function checkedLimits(limits = {}) {
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in DEFAULT_LIMITS)) {
      throw new TypeError(`limits: ${name} is not one of ${Object.keys(DEFAULT_LIMITS).join(", ")}`);
    }
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`limits.${name}: ${value} is not an integer from 0 to 2^53 - 1`);
    }
  }
  return { ...DEFAULT_LIMITS, ...limits };
}

/** What a refusal has to say. */
export function overLimit(text, limits, name) {
  return `${text}; the limit is ${limits[name]}, raised by limits.${name}`;
}

/** H-10 and L-1. Products up to 2^53 are exact, and rounding does not bring larger ones below a limit. */
export function checkSizes(source, header, limits) {
  const { width, height, tileWidth, tileHeight } = header;
  if (packedLength(tileWidth * tileHeight, header.bitsPerIndex) > MAX_PACKED_LENGTH) {
    source.refuse("TILE_TOO_LARGE", `a tile of ${tileWidth} x ${tileHeight} pixels`);
  }
  if (width * height > limits.pixels) {
    source.refuse("LIMIT_PIXELS", overLimit(`${width} x ${height} pixels`, limits, "pixels"));
  }
  const tiles = Math.ceil(width / tileWidth) * Math.ceil(height / tileHeight);
  if (tiles > limits.tiles) source.refuse("LIMIT_TILES", overLimit(`${tiles} tiles`, limits, "tiles"));
}

/** L-1, L-5 and L-6, then a raster of zeros */
export function newRaster(source, header, tables, limits) {
  const { width, height, colors, tileWidth, tileHeight, coding, withMatches } = header;
  const bytes = width * height * (colors <= 256 ? 1 : 2);
  const working = colors > 1 ? (coding.workingBytes?.(tileWidth, tileHeight, { withMatches, tables }) ?? 0) : 0;
  source.fieldAt = source.at;
  if (bytes + working > limits.rasterBytes) {
    const text = `a raster of ${bytes} bytes and ${working} of working memory`;
    source.refuse("LIMIT_RASTER_BYTES", overLimit(text, limits, "rasterBytes"));
  }
  const work = width * height * (colors > 1 ? (withMatches ? coding.costWithMatches : coding.cost) : 1);
  if (work > limits.work) {
    const text = `decoding takes up to ${Math.ceil((work * NANOSECONDS) / 1e6)} ms, work of ${work}`;
    source.refuse("LIMIT_WORK", overLimit(text, limits, "work"));
  }
  try {
    return colors <= 256 ? new Uint8Array(bytes) : new Uint16Array(bytes / 2);
  } catch (e) {
    if (!(e instanceof RangeError)) throw e;
    return source.refuse("LIMIT_RASTER_BYTES", `no memory for a raster of ${bytes} bytes`);
  }
}
