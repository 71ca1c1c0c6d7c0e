package dev.kmq.container;

import java.io.IOException;

/**
 * A file that is not as the specification says, or asks for more than the limits allow. The message
 * says what is wrong and where; nothing of the image has been returned.
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

  /** Where, in bytes from the beginning of the file. */
  public long offset() {
    return offset;
  }
}
