package dev.kmq.cli;

/**
 * Text from files, made fit for a terminal: characters that a terminal obeys, or that change how
 * the text around them shows, become {@code \}{@code uXXXX}, which JSON reads as the same
 * character.
 */
final class Printable {
  private static final String HEX = "0123456789abcdef";

  private Printable() {}

  /**
   * One line of text. A backslash that would read as the start of such an escape is escaped itself,
   * so that the line tells what the text was.
   */
  static String line(String text) {
    return escape(text, true);
  }

  /** JSON that means the same. */
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

  /** Controls, line separators, and the marks for direction and other things that do not show. */
  private static boolean obeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Words of some scripts, and emoji, are made with joiners.
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
