package dev.kmq.container;

import java.io.IOException;

/**
 * A file that violates the specification or exceeds the limits. The message describes the fault and
 * its position; no part of the image has been returned.
 */
public final class KmqFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final RefusalReason reason;
  private final long offset;

  KmqFormatException(RefusalReason reason, String what, long offset) {
    super(what + " (offset " + offset + ")");
    this.reason = reason;
    this.offset = offset;
  }

  KmqFormatException(RefusalReason reason, String what, int tile, long offset) {
    super(what + " (tile " + tile + ", offset " + offset + ")");
    this.reason = reason;
    this.offset = offset;
  }

  /** The rule that is broken. */
  public RefusalReason reason() {
    return reason;
  }

  /** The position of the fault, in bytes from the start of the file. */
  public long offset() {
    return offset;
  }
}
