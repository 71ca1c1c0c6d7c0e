package dev.kmq.container;

/**
 * Why a file is refused: one constant per reason of the specification. Their numbers are stable;
 * readers report them in the order of the section Refusals.
 */
public enum RefusalReason {
  /** R1: the first bytes are not the signature. */
  NOT_KMQ,
  /** R2: the signature shows that the file went through a text-mode transfer. */
  TEXT_MODE_DAMAGE,
  /** R3: the version is not 1. */
  UNKNOWN_VERSION,
  /** R4: a reserved flag bit is set. */
  RESERVED_FLAGS,
  /** R5: the index method is reserved, private, or not known to this reader. */
  UNKNOWN_METHOD,
  /** R6: the kind of palette entry is reserved, or coded with method packed. */
  UNKNOWN_PALETTE_ENTRY,
  /** R7: the colour space is reserved. */
  UNKNOWN_COLOR_SPACE,
  /** R8: width or height is not 1 to 2^31-1. */
  INVALID_DIMENSIONS,
  /** R9: the packed form of a tile would not fit 31 bits. */
  TILE_TOO_LARGE,
  /** R10: more pixels than the limit allows. */
  LIMIT_PIXELS,
  /** R11: the raster is larger than the limit allows. */
  LIMIT_RASTER_BYTES,
  /** R12: more tiles than the limit allows. */
  LIMIT_TILES,
  /** R13: the checksum of header and palette is wrong; in a short file, that of the whole file. */
  HEADER_CRC,
  /** R14: the type of a chunk is not four ASCII letters, the third one upper-case. */
  CHUNK_TYPE,
  /** R15: the length of a chunk is not allowed for its type, or above 2^31-1. */
  CHUNK_LENGTH,
  /** R16: the chunks take more bytes in total than the limit allows. */
  LIMIT_CHUNK_BYTES,
  /** R17: the checksum of a chunk is wrong. */
  CHUNK_CRC,
  /** R18: a chunk that may occur once occurs twice. */
  DUPLICATE_CHUNK,
  /** R19: a critical chunk is unknown. */
  UNKNOWN_CRITICAL_CHUNK,
  /** R20: the data of a known chunk breaks the rules of its type. */
  CHUNK_DATA,
  /** R21: the colour space is 1 and there is no iCCP chunk. */
  MISSING_ICC_PROFILE,
  /** R22: the length of a tile is impossible. */
  TILE_LENGTH,
  /** R23: the checksum of a tile is wrong. */
  TILE_CRC,
  /** R24: the payload of a tile is not what its method can decode. */
  PAYLOAD_CORRUPT,
  /** R25: the payload ends before its coding does, or holds fewer indices than the tile. */
  PAYLOAD_SHORT,
  /** R26: the payload holds more indices than the tile. */
  PAYLOAD_LONG,
  /** R27: bytes follow the end of the coding within the payload. */
  PAYLOAD_TRAILING_BYTES,
  /** R28: an index is not below K. */
  INDEX_OUT_OF_RANGE,
  /** R29: a spare bit of the packed form is set. */
  SPARE_BITS,
  /** R30: the file ends before the image does. */
  TRUNCATED,
  /** R31: bytes follow the end of the image in a whole file. */
  TRAILING_BYTES,
  /** R32: the length of the shared tables is impossible. */
  TABLES_LENGTH,
  /** R33: the checksum of the shared tables is wrong. */
  TABLES_CRC,
  /** R34: the shared tables break a rule of their method. */
  TABLES_CORRUPT,
  /** R35: decoding would need more work than the limit allows. */
  LIMIT_WORK,
  /** R36: more chunks than the limit allows. */
  LIMIT_CHUNKS,
  /** R37: the length of a coded palette is impossible. */
  PALETTE_LENGTH,
  /** R38: a coded palette is not what an encoder writes for this number of entries. */
  PALETTE_CORRUPT;

  /** {@return the number in the specification, n of Rn} */
  @SuppressWarnings("EnumOrdinal") // the constants are in the order of the specification
  public int number() {
    return ordinal() + 1;
  }
}
