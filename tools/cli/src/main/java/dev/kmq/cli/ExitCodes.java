package dev.kmq.cli;

/** What the command's exit code means. */
final class ExitCodes {
  /** All inputs are done, or were skipped as asked. */
  static final int DONE = 0;

  /** At least one input failed; the others are done. */
  static final int FAILED = 1;

  /** The command was called in a way that it cannot be. */
  static final int USAGE = 2;

  /** A target could not be met. */
  static final int UNREACHABLE = 3;

  private ExitCodes() {}
}
