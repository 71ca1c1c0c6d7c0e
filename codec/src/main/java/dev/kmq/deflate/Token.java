package dev.kmq.deflate;

/**
 * Tokens as ints: a literal is its byte, 0 to 255; a match has its length in the low 9 bits, its
 * distance, 1 to 32767, in the next 15 bits, and the distance's symbol above.
 */
final class Token {
  static final int LENGTH_MASK = 511;
  static final int DISTANCE_SHIFT = 9;
  static final int SLOT_SHIFT = 24;

  private static final int DISTANCE_MASK = 0x7FFF;

  private Token() {}

  static int match(int length, int distance) {
    return Symbols.ofDistance(distance) << SLOT_SHIFT | distance << DISTANCE_SHIFT | length;
  }

  static boolean isLiteral(int token) {
    return token <= LENGTH_MASK;
  }

  /** Number of bytes that a token encodes. */
  static int span(int token) {
    return isLiteral(token) ? 1 : token & LENGTH_MASK;
  }

  static int length(int match) {
    return match & LENGTH_MASK;
  }

  static int distance(int match) {
    return match >>> DISTANCE_SHIFT & DISTANCE_MASK;
  }

  /** The symbol of a match's distance. */
  static int slot(int match) {
    return match >>> SLOT_SHIFT;
  }
}
