package dev.kmq.cli.docs;

/** Words of shell scripts. */
final class Shell {
  private Shell() {}

  static String line(int indent, String text) {
    return " ".repeat(indent) + text + "\n";
  }

  /** A word in single quotes, for bash and zsh. */
  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** A word in single quotes, for fish. */
  static String fishQuoted(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
