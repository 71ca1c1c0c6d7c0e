package dev.kmq.deflate;

/** Alphabets of RFC 1951, section 3.2.5: the symbols of lengths and distances. */
final class Symbols {
  static final int MIN_LENGTH = 3;
  static final int MAX_LENGTH = 258;

  /** Literals and lengths that a block may use: bytes, the end of the block, lengths. */
  static final int LITERALS = 286;

  static final int DISTANCES = 30;
  static final int END_OF_BLOCK = 256;

  private static final byte[] LENGTH_SYMBOL = new byte[MAX_LENGTH + 1];

  static {
    for (int length = MIN_LENGTH; length < MAX_LENGTH; length++) {
      int n = length - MIN_LENGTH;
      int extra = Math.max(0, 29 - Integer.numberOfLeadingZeros(n | 1));
      LENGTH_SYMBOL[length] = (byte) (4 * extra + (n >>> extra) + 1);
    }
    LENGTH_SYMBOL[MAX_LENGTH] = 29;
  }

  private Symbols() {}

  /** The symbol, 257 to 285, of a length of 3 to 258. */
  static int ofLength(int length) {
    return END_OF_BLOCK + LENGTH_SYMBOL[length];
  }

  /** Extra bits after a symbol of a length, 257 to 285. */
  static int lengthExtra(int symbol) {
    return symbol < 265 || symbol == 285 ? 0 : symbol - 261 >>> 2;
  }

  /** The symbol, 0 to 29, of a distance of 1 to 32768. */
  static int ofDistance(int distance) {
    int n = distance - 1;
    int extra = distanceExtraBits(n);
    return 2 * extra + (n >>> extra);
  }

  private static int distanceExtraBits(int n) {
    return Math.max(0, 30 - Integer.numberOfLeadingZeros(n | 1));
  }

  /** Extra bits after a symbol of a distance, 0 to 29. */
  static int distanceExtra(int symbol) {
    return symbol < 4 ? 0 : (symbol >>> 1) - 1;
  }

  /** The least length of a symbol, 257 to 285. */
  static int firstLength(int symbol) {
    if (symbol == 285) {
      return MAX_LENGTH;
    }
    int extra = lengthExtra(symbol);
    return MIN_LENGTH + (symbol - 257 - 4 * extra << extra);
  }

  /** The least distance of a symbol, 0 to 29. */
  static int firstDistance(int symbol) {
    int extra = distanceExtra(symbol);
    return 1 + (symbol - 2 * extra << extra);
  }
}
