package dev.kmq.index.rans;

import dev.kmq.image.Palette;

/**
 * The symbols of the coder. Symbols 0 to 3 mean that a pixel is equal to W, N, NE or NW, the first
 * of them in this order. Symbol 4 + t means that it differs from all four and has token t of its
 * rank. A rank below 8 is its own token; above, a token holds the position of the highest bit and
 * the bit below it, and the others follow as raw bits (specification, section Symbols).
 */
final class Tokens {
  /** Symbols that name a neighbour. */
  static final int NEIGHBORS = 4;

  /** Ranks that are tokens of their own. */
  private static final int DIRECT = 8;

  private static final int DIRECT_BITS = 3;

  private Tokens() {}

  /**
   * Number of symbols for 2 or more ranks; the reference, which has rank 0, is no symbol itself.
   */
  static int alphabet(int ranks) {
    return NEIGHBORS + of(ranks - 2) + 1;
  }

  /** Number of symbols for a palette. */
  static int alphabet(Palette palette) {
    return alphabet(ColorRanks.ranks(palette.size()));
  }

  /** The symbol of the first neighbour that is equal to a pixel; {@link #NEIGHBORS} if none is. */
  static int neighbor(int p, int w, int n, int ne, int nw) {
    int name = 1 + (differ(p, nw) & 1);
    name = 1 + (differ(p, ne) & name);
    name = 1 + (differ(p, n) & name);
    return differ(p, w) & name;
  }

  /** All bits set if two numbers differ, else none; neither is negative. */
  private static int differ(int a, int b) {
    return -(a ^ b) >> 31;
  }

  /** The token of a rank, without a branch. */
  static int of(int rank) {
    int log = 31 - Integer.numberOfLeadingZeros(rank | DIRECT);
    int token = DIRECT + 2 * (log - DIRECT_BITS) + (rank >>> (log - 1) & 1);
    return token ^ (token ^ rank) & (rank - DIRECT >> 31);
  }

  /** Number of raw bits that follow a token. */
  static int rawBits(int token) {
    return token < DIRECT ? 0 : DIRECT_BITS - 1 + ((token - DIRECT) >>> 1);
  }

  /** The rank with a token and no raw bit set. */
  static int rank(int token) {
    return token < DIRECT ? token : (2 + (token & 1)) << rawBits(token);
  }
}
