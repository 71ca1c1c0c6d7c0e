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
}
