package dev.kmq.index.deflate;

import java.util.Arrays;

/**
 * Decides where blocks end. Tokens are counted in short units; neighbours are joined, those first
 * that gain most, while two blocks would take more bits than one.
 */
final class Splitter {
  /** Tokens of a unit. */
  private static final int UNIT = Integer.getInteger("UNIT", 512);

  private Splitter() {}

  /**
   * Where blocks end, in tokens.
   *
   * @param tokens the first {@code n} are those of the blocks
   */
  static int[] split(int[] tokens, int n) {
    int units = Math.max(1, n / UNIT);
    int[] counts = new int[units * Histogram.SIZE];
    int[] ends = new int[units];
    long[] bits = new long[units];
    for (int i = 0; i < units; i++) {
      ends[i] = i + 1 < units ? (i + 1) * UNIT : n;
      Histogram.add(tokens, i * UNIT, ends[i], counts, i * Histogram.SIZE);
      bits[i] = bits(counts, i * Histogram.SIZE);
    }
    return join(counts, ends, bits, units);
  }

  private static int[] join(int[] counts, int[] ends, long[] bits, int units) {
    int blocks = units;
    int[] sum = new int[Histogram.SIZE];
    int[] next = new int[units];
    int[] previous = new int[units];
    long[] joined = new long[units];
    for (int i = 0; i < units; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
      joined[i] = i + 1 < units ? joinedBits(counts, i, i + 1, sum) : Long.MAX_VALUE;
    }
    while (true) {
      int best = -1;
      long most = -1;
      for (int i = 0; next[i] < units; i = next[i]) {
        long gain = bits[i] + bits[next[i]] - joined[i];
        if (gain > most) {
          most = gain;
          best = i;
        }
      }
      if (best < 0) {
        break;
      }
      int gone = next[best];
      add(counts, gone, counts, best);
      bits[best] = joined[best];
      ends[best] = ends[gone];
      next[best] = next[gone];
      blocks--;
      if (next[best] < units) {
        previous[next[best]] = best;
        joined[best] = joinedBits(counts, best, next[best], sum);
      }
      if (previous[best] >= 0) {
        joined[previous[best]] = joinedBits(counts, previous[best], best, sum);
      }
    }
    int[] result = new int[blocks];
    for (int i = 0, k = 0; i < units; i = next[i]) {
      result[k++] = ends[i];
    }
    return result;
  }

  private static long joinedBits(int[] counts, int a, int b, int[] sum) {
    Arrays.fill(sum, 0);
    add(counts, a, sum, 0);
    add(counts, b, sum, 0);
    return bits(sum, 0);
  }

  private static void add(int[] counts, int unit, int[] sum, int target) {
    for (int i = 0; i < Histogram.SIZE; i++) {
      sum[target * Histogram.SIZE + i] += counts[unit * Histogram.SIZE + i];
    }
  }

  /** About the bits of a block, in 1/65536, without extra bits. */
  static long bits(int[] counts, int at) {
    return bits(counts, at, Symbols.LITERALS) + bits(counts, at + Histogram.DISTANCES_AT, Symbols.DISTANCES) + HEADER;
  }

  static final long HEADER = (long) Integer.getInteger("HEADER", 160) * Log2.ONE;
  static final long CHANGE = (long) (Integer.getInteger("CHANGE", 30) * Log2.ONE / 10);
  static final long SAME = (long) (Integer.getInteger("SAME", 15) * Log2.ONE / 10);

  private static long bits(int[] counts, int at, int symbols) {
    int total = 0;
    for (int i = 0; i < symbols; i++) {
      total += counts[at + i];
    }
    if (total == 0) {
      return 0;
    }
    int all = Log2.of(total);
    long bits = 0;
    int last = 0;
    for (int i = 0; i < symbols; i++) {
      int count = counts[at + i];
      int length = 0;
      if (count > 0) {
        int price = all - Log2.of(count);
        bits += (long) count * price;
        length = Math.max(1, price + Log2.ONE / 2 >> 16);
      }
      bits += length != last ? CHANGE : length != 0 ? SAME : 0;
      last = length;
    }
    return bits;
  }
}
