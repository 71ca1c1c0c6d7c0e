package dev.kmq.container;

import java.io.IOException;

/**
 * A file that violates the specification or exceeds the limits. The message describes the fault and
 * where the damage is; no part of the image has been returned.
 */
public final class KmqFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The rule that is broken. */
  private final RefusalReason reason;

  /** The position of the fault in bytes. */
  private final long offset;

  KmqFormatException(RefusalReason reason, String what, long offset) {
    super(what + place(reason, offset, ""));
    this.reason = reason;
    this.offset = offset;
  }

  KmqFormatException(RefusalReason reason, String what, int tile, long offset) {
    super(what + place(reason, offset, "tile " + tile + ", "));
    this.reason = reason;
    this.offset = offset;
  }

  private static String place(RefusalReason reason, long offset, String tile) {
    return switch (reason) {
      case NOT_KMQ,
          LIMIT_PIXELS,
          LIMIT_RASTER_BYTES,
          LIMIT_TILES,
          LIMIT_CHUNK_BYTES,
          LIMIT_CHUNKS,
          LIMIT_WORK ->
          "";
      case HEADER_CRC, CHUNK_CRC, TILE_CRC, TABLES_CRC ->
          " (" + tile + "checksum at offset " + offset + ")";
      default -> " (" + tile + "offset " + offset + ")";
    };
  }

  /** {@return the rule that is broken} */
  public RefusalReason reason() {
    return reason;
  }

  /**
   * {@return the position of the fault, in bytes from the start of the file; that of the stored
   * checksum if it does not match}
   */
  public long offset() {
    return offset;
  }
}
