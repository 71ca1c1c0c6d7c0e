package dev.kmq.container;

import java.io.IOException;

/**
 * Thrown if a file violates the specification or exceeds the limits. The message states what is
 * wrong and where. No part of the image has been returned.
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

  /** The reason for the refusal. */
  public RefusalReason reason() {
    return reason;
  }

  /** Offset of the fault in bytes from the beginning of the file. */
  public long offset() {
    return offset;
  }
}
