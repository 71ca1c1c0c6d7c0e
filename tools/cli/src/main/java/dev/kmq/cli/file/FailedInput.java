package dev.kmq.cli.file;

import java.io.IOException;

/** One input that cannot be done, with a message that says why and what to do. */
public final class FailedInput extends IOException {
  private static final long serialVersionUID = 1L;

  /** A failure to be told in one line. */
  public FailedInput(String message) {
    super(message);
  }

  /** A failure to be told in one line, and what it comes from. */
  public FailedInput(String message, Throwable cause) {
    super(message, cause);
  }

  /** An input that breaks the rules of its format. */
  public static FailedInput damaged(String what) {
    return new FailedInput("damaged picture: " + what);
  }

  /**
   * An input that may be valid but cannot be read rightly.
   *
   * @param what it is, as a noun phrase
   */
  public static FailedInput notSupported(String what) {
    return new FailedInput(
        "not supported: " + what + "; save it as PNG, or with 8-bit samples in RGB, and try again");
  }
}
