// Section 10 of kmq-1.md: why a file is refused.

/** Numbers of the reasons by their names. */
export const REASONS = Object.freeze({
  NOT_KMQ: "R1",
  TEXT_MODE_DAMAGE: "R2",
  UNKNOWN_VERSION: "R3",
  RESERVED_FLAGS: "R4",
  UNKNOWN_METHOD: "R5",
  UNKNOWN_PALETTE_ENTRY: "R6",
  UNKNOWN_COLOR_SPACE: "R7",
  INVALID_DIMENSIONS: "R8",
  TILE_TOO_LARGE: "R9",
  LIMIT_PIXELS: "R10",
  LIMIT_RASTER_BYTES: "R11",
  LIMIT_TILES: "R12",
  HEADER_CRC: "R13",
  CHUNK_TYPE: "R14",
  CHUNK_LENGTH: "R15",
  LIMIT_CHUNK_BYTES: "R16",
  CHUNK_CRC: "R17",
  DUPLICATE_CHUNK: "R18",
  UNKNOWN_CRITICAL_CHUNK: "R19",
  CHUNK_DATA: "R20",
  MISSING_ICC_PROFILE: "R21",
  TILE_LENGTH: "R22",
  TILE_CRC: "R23",
  PAYLOAD_CORRUPT: "R24",
  PAYLOAD_SHORT: "R25",
  PAYLOAD_LONG: "R26",
  PAYLOAD_TRAILING_BYTES: "R27",
  INDEX_OUT_OF_RANGE: "R28",
  SPARE_BITS: "R29",
  TRUNCATED: "R30",
  TRAILING_BYTES: "R31",
  TABLES_LENGTH: "R32",
  TABLES_CRC: "R33",
  TABLES_CORRUPT: "R34",
  LIMIT_WORK: "R35",
  LIMIT_CHUNKS: "R36",
  PALETTE_LENGTH: "R37",
  PALETTE_CORRUPT: "R38",
});

/**
 * A file that breaks a rule. `reason` is its name, such as "HEADER_CRC", `number` its number, such as
 * "R13", and `offset` the byte where the field begins that was judged.
 */
export class KmqError extends Error {
  constructor(reason, text, offset) {
    super(`${text} (${reason}, offset ${offset})`);
    this.name = "KmqError";
    this.reason = reason;
    this.number = REASONS[reason];
    this.offset = offset;
  }
}
