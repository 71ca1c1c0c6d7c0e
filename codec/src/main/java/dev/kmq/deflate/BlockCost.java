package dev.kmq.deflate;

/**
 * Estimated cost of a dynamic block, in 1/65536 bit (Q16): the entropy of its symbols, and a fit to
 * the size of typical headers. Extra bits are left out, because they do not depend on how tokens
 * are split.
 */
final class BlockCost {
  /** Fixed cost of every block. */
  private static final long START = 160L * Log2.ONE;

  /** Cost of a code length that differs from the one before it, and of one that does not. */
  private static final long CHANGE = 3L * Log2.ONE;

  private static final long SAME = 3L * Log2.ONE / 2;

  private BlockCost() {}

  /** Cost of a block with the histogram at {@code at}. */
  static long costQ16(int[] counts, int at) {
    return costQ16(counts, at, -1);
  }

  /** Cost of a block with the sum of two histograms; of one if {@code other} is less than 0. */
  static long costQ16(int[] counts, int at, int other) {
    int distances = Histogram.DISTANCES_AT;
    return START
        + costQ16(counts, at, other, Symbols.LITERALS)
        + costQ16(counts, at + distances, other < 0 ? -1 : other + distances, Symbols.DISTANCES);
  }

  private static long costQ16(int[] counts, int at, int other, int symbols) {
    int total = 0;
    for (int i = 0; i < symbols; i++) {
      total += counts[at + i] + (other < 0 ? 0 : counts[other + i]);
    }
    if (total == 0) {
      return 0;
    }
    int all = Log2.of(total);
    long cost = 0;
    int last = 0;
    for (int i = 0; i < symbols; i++) {
      int count = counts[at + i] + (other < 0 ? 0 : counts[other + i]);
      int length = 0;
      if (count > 0) {
        int symbolCost = all - Log2.of(count);
        cost += (long) count * symbolCost + SAME;
        length = Math.max(1, symbolCost + Log2.ONE / 2 >> 16);
      }
      cost += length == last ? 0 : length == 0 ? CHANGE : CHANGE - SAME;
      last = length;
    }
    return cost;
  }
}
