package dev.kmq.index;

import dev.kmq.image.IndexPlane;
import java.io.IOException;

/** A payload that breaks a rule of its method. The container adds which tile and where. */
public final class PayloadException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Which rule. */
  public enum Fault {
    /** Not decodable at all. */
    CORRUPT,
    /** Ends before the tile is full. */
    SHORT,
    /** Holds more indices than the tile. */
    LONG,
    /** Bytes follow the coded indices. */
    TRAILING_BYTES,
    /** An index is not below K. */
    INDEX_OUT_OF_RANGE,
    /** A spare bit is set. */
    SPARE_BITS
  }

  private final Fault fault;

  /** A fault and its message. */
  public PayloadException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /**
   * Refuses a decoded tile that has an index of K or more.
   *
   * @throws PayloadException with {@link Fault#INDEX_OUT_OF_RANGE}
   */
  public static void requireBelow(int colors, IndexPlane tile) throws PayloadException {
    if (!tile.allBelow(colors)) {
      throw new PayloadException(
          Fault.INDEX_OUT_OF_RANGE, "palette index " + tile.max() + " >= K = " + colors);
    }
  }

  /** Which rule is broken. */
  public Fault fault() {
    return fault;
  }
}
