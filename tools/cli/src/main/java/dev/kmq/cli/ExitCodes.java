package dev.kmq.cli;

/** The exit codes of the command. */
final class ExitCodes {
  /** All inputs are done, or skipped as requested. */
  static final int DONE = 0;

  /** At least one input failed; the others are done. */
  static final int FAILED = 1;

  /** Invalid usage. */
  static final int USAGE = 2;

  /** A target could not be met. */
  static final int UNREACHABLE = 3;

  private ExitCodes() {}
}
