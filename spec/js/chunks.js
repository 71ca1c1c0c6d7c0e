// Section 6 of kmq-1.md: chunks.

import { overLimit } from "./limits.js";

const AT_MOST_ONCE = ["iCCP", "pHYs", "eXIf"];

/** The chunks up to `KPIX`, without it. */
export function readChunks(source, { colors }, limits) {
  const chunks = [];
  const names = new Set();
  let total = 0;
  for (;;) {
    const start = source.at;
    const type = String.fromCharCode(...source.field(4, "type of a chunk"));
    if (!/^[A-Za-z]{2}[A-Z][A-Za-z]$/.test(type)) source.refuse("CHUNK_TYPE", "not a chunk type"); // C-3
    const length = source.u32(`length of chunk ${type}`);
    if (!isChunkLength(type, length, colors)) source.refuse("CHUNK_LENGTH", `chunk ${type} of ${length} bytes`);
    total += 12 + length;
    if (total > limits.chunkBytes) {
      source.refuse("LIMIT_CHUNK_BYTES", overLimit(`${total} bytes of chunks`, limits, "chunkBytes"));
    }
    if (type !== "KPIX" && chunks.length >= limits.chunks) {
      source.refuse("LIMIT_CHUNKS", overLimit("more chunks", limits, "chunks"));
    }
    const data = source.field(length, `data of chunk ${type}`);
    source.checksum(start, "CHUNK_CRC", `chunk ${type}`);
    if (type === "KPIX") return chunks;
    source.fieldAt = start;
    if (AT_MOST_ONCE.includes(type)) {
      if (chunks.some((chunk) => chunk.type === type)) source.refuse("DUPLICATE_CHUNK", `chunk ${type} occurs twice`); // C-7
    } else if (type === "tEXt") {
      if (!isText(data)) source.refuse("CHUNK_DATA", "tEXt is not a keyword, a zero byte and a text in UTF-8");
    } else if (type === "pALT") {
      const name = nameBytes(data);
      if (names.has(name)) source.refuse("DUPLICATE_CHUNK", "two pALT chunks have the same name"); // C-15
      if (!isPalette(data, colors)) source.refuse("CHUNK_DATA", `pALT is not a name, a zero byte and ${colors} entries`);
      names.add(name);
    } else if (/^[A-Z]/.test(type)) {
      source.refuse("UNKNOWN_CRITICAL_CHUNK", `chunk ${type} is critical and unknown`); // C-5
    }
    chunks.push({ type, data: data.slice() });
  }
}

/** C-4 */
function isChunkLength(type, length, colors) {
  if (type === "KPIX") return length === 0;
  if (type === "pHYs") return length === 8;
  if (type === "pALT") return length >= 3 * colors + 3 && length <= 4 * colors + 81;
  return length <= 2 ** 31 - 1 && !(type === "iCCP" && length === 0);
}

/** C-12 */
function isText(data) {
  const keyword = data.indexOf(0);
  return keyword >= 1 && keyword <= 79 && isUtf8(data);
}

/** C-14 */
function isPalette(data, colors) {
  const nul = data.indexOf(0);
  const code = data[nul + 1];
  return nul >= 1 && nul <= 79 && isUtf8(data.subarray(0, nul)) && code <= 1 && data.length === nul + 2 + colors * (3 + code);
}

/** The bytes before the first zero byte, as a key; null if there is none. */
function nameBytes(data) {
  const nul = data.indexOf(0);
  return nul < 0 ? null : String(data.subarray(0, nul));
}

function isUtf8(data) {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(data);
    return true;
  } catch {
    return false;
  }
}

/**
 * The alternative palettes of a decoded image (C-16), by name: Uint8Arrays like `palette`, which they replace:
 * `toRgba({ ...image, palette: palettes(image).get("night") })`.
 */
export function palettes({ chunks, colors }) {
  const found = new Map();
  for (const { type, data } of chunks) {
    if (type !== "pALT") continue;
    const nul = data.indexOf(0);
    found.set(new TextDecoder("utf-8", { ignoreBOM: true }).decode(data.subarray(0, nul)), entries(data.subarray(nul + 2), colors, 3 + data[nul + 1]));
  }
  return found;
}

/** Four values for each of the entries that are stored (P-1 to P-3). */
function entries(stored, colors, channels) {
  const palette = new Uint8Array(4 * colors).fill(255);
  for (let i = 0; i < colors; i++) {
    for (let c = 0; c < channels; c++) palette[4 * i + c] = stored[channels * i + c];
  }
  return palette;
}
