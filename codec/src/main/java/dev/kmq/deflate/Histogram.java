package dev.kmq.deflate;

/**
 * Counts of symbols in an array of {@link #SIZE}: literals and lengths from 0 on, distances from
 * {@link #DISTANCES_AT} on.
 */
final class Histogram {
  static final int DISTANCES_AT = 288;
  static final int SIZE = DISTANCES_AT + 32;

  private Histogram() {}

  /** Adds the symbols of tokens to the counts that begin at {@code at}. */
  static void add(int[] tokens, int from, int to, int[] counts, int at) {
    for (int i = from; i < to; i++) {
      int token = tokens[i];
      if (Token.isLiteral(token)) {
        counts[at + token]++;
      } else {
        counts[at + Symbols.ofLength(Token.length(token))]++;
        counts[at + DISTANCES_AT + Token.slot(token)]++;
      }
    }
  }

  /** Adds the histogram at {@code from} to the one at {@code to}. */
  static void add(int[] counts, int from, int to) {
    for (int i = 0; i < SIZE; i++) {
      counts[to + i] += counts[from + i];
    }
  }

  /** Total of the extra bits of a histogram. */
  static long extraBits(int[] counts) {
    long bits = 0;
    for (int symbol = 265; symbol < 285; symbol++) {
      bits += (long) counts[symbol] * Symbols.lengthExtra(symbol);
    }
    for (int symbol = 4; symbol < Symbols.DISTANCES; symbol++) {
      bits += (long) counts[DISTANCES_AT + symbol] * Symbols.distanceExtra(symbol);
    }
    return bits;
  }
}
