package dev.kmq.cli;

/**
 * Makes text from files safe for a terminal: control characters and those that change how text
 * around them is displayed become {@code \}{@code uXXXX}, which JSON reads as the same character.
 */
final class Printable {
  private static final String HEX = "0123456789abcdef";

  private Printable() {}

  /**
   * Escapes one line of text. A backslash that would look like the start of such an escape is
   * escaped too, so that the line is unambiguous.
   */
  static String line(String text) {
    return escape(text, true);
  }

  /** Escapes JSON without changing its meaning. */
  static String json(String json) {
    return escape(json, false);
  }

  private static String escape(String text, boolean backslashes) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (obeyed(c) || backslashes && c == '\\' && isEscape(text, next)) {
        for (; i < next; i++) {
          append(out, text.charAt(i));
        }
      } else {
        out.appendCodePoint(c);
      }
      i = next;
    }
    return out.toString();
  }

  /** Control characters, separators, and invisible marks such as those for text direction. */
  private static boolean obeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Some scripts and emoji need joiners.
      case Character.FORMAT -> c != 0x200C && c != 0x200D;
      default -> false;
    };
  }

  private static boolean isEscape(String text, int start) {
    if (start + 5 > text.length() || text.charAt(start) != 'u') {
      return false;
    }
    for (int i = start + 1; i < start + 5; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >>> shift & 0xF));
    }
  }
}
