package dev.kmq.cli;

/** The exit codes of the command. */
final class ExitCodes {
  /** The last line of the help of a command without targets. */
  static final String FOOTER = "Exit codes: 0 done, 1 an input failed, 2 wrong usage";

  /** The last line of the help of a command with targets. */
  static final String FOOTER_WITH_TARGET = FOOTER + ", 3 a target was not met";

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
