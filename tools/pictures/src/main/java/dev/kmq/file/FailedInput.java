package dev.kmq.file;

import java.io.EOFException;
import java.io.IOException;

/** Failure of one input, with a one-line message that gives cause and remedy. */
public final class FailedInput extends IOException {
  private static final long serialVersionUID = 1L;

  /** A failure with a one-line message. */
  public FailedInput(String message) {
    super(message);
  }

  /** A failure with a one-line message and a cause. */
  public FailedInput(String message, Throwable cause) {
    super(message, cause);
  }

  /** An input that violates its format. */
  public static FailedInput damaged(String what) {
    return new FailedInput("damaged image: " + what);
  }

  /** An input that ends too early. */
  public static FailedInput truncated(EOFException cause) {
    return new FailedInput("damaged image: it is truncated", cause);
  }

  /** What is damaged in an image, without saying that it is. */
  public static String reason(FailedInput damage) {
    return String.valueOf(damage.getMessage()).replaceFirst("^damaged image: ", "");
  }

  /**
   * An input that may be valid but cannot be read correctly.
   *
   * @param what it is, as a noun phrase
   */
  public static FailedInput notSupported(String what) {
    return new FailedInput(
        "not supported: " + what + "; save it as PNG, or with 8-bit samples in RGB, and try again");
  }
}
