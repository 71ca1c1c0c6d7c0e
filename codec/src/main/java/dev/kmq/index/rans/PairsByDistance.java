package dev.kmq.index.rans;

/**
 * Sorts all unordered pairs of colours by their distance: a radix sort in two passes. Both passes
 * run from the last row of the triangle to the first, so that the JIT warms up on short rows.
 */
final class PairsByDistance {
  private static final int COLOR_BITS = 9;
  private static final int PAIR_BITS = 2 * COLOR_BITS;

  /** Squared distances in four channels are below 2^(2 * this). */
  private static final int DIGIT_BITS = 9;

  private static final int DIGITS = 1 << DIGIT_BITS;

  private final int[] lowEnds = new int[DIGITS];
  private final int[] highEnds = new int[DIGITS];

  /** Distances of colour 0 from 1, 2 ..., then of 1 from 2, 3 ... */
  private final int[] distances;

  private PairsByDistance(int[] argb) {
    int n = argb.length;
    distances = new int[n * (n - 1) / 2];
    int end = distances.length;
    for (int a = n - 2; a >= 0; a--) {
      end -= n - 1 - a;
      measure(argb, a, end);
    }
    for (int digit = 1; digit < DIGITS; digit++) {
      lowEnds[digit] += lowEnds[digit - 1];
      highEnds[digit] += highEnds[digit - 1];
    }
  }

  /**
   * All pairs of different numbers below that of the colours, for {@link #lesser} and {@link
   * #greater}; the nearest come first, and those equally far apart in the order of their numbers.
   *
   * @param argb at most 2^{@value #COLOR_BITS} colours
   */
  static int[] of(int[] argb) {
    PairsByDistance pairs = new PairsByDistance(argb);
    return pairs.sortByHigh(pairs.sortByLow(argb.length));
  }

  static int lesser(int pair) {
    return pair >>> COLOR_BITS;
  }

  static int greater(int pair) {
    return pair & (1 << COLOR_BITS) - 1;
  }

  /** Computes the distances of a colour from those that follow it, and counts digits. */
  private void measure(int[] argb, int a, int to) {
    int alpha = argb[a] >>> 24;
    int red = argb[a] >>> 16 & 0xFF;
    int green = argb[a] >>> 8 & 0xFF;
    int blue = argb[a] & 0xFF;
    for (int b = a + 1; b < argb.length; b++) {
      int color = argb[b];
      int da = (color >>> 24) - alpha;
      int dr = (color >>> 16 & 0xFF) - red;
      int dg = (color >>> 8 & 0xFF) - green;
      int db = (color & 0xFF) - blue;
      int distance = da * da + dr * dr + dg * dg + db * db;
      distances[to++] = distance;
      lowEnds[distance & DIGITS - 1]++;
      highEnds[distance >>> DIGIT_BITS]++;
    }
  }

  private int[] sortByLow(int n) {
    int[] sorted = new int[distances.length];
    int from = distances.length;
    for (int a = n - 2; a >= 0; a--) {
      from -= n - 1 - a;
      sortByLow(a, n, from, sorted);
    }
    return sorted;
  }

  private void sortByLow(int a, int n, int from, int[] sorted) {
    for (int b = n - 1; b > a; b--) {
      int distance = distances[from + b - a - 1];
      int pair = a << COLOR_BITS | b;
      sorted[--lowEnds[distance & DIGITS - 1]] = distance >>> DIGIT_BITS << PAIR_BITS | pair;
    }
  }

  private int[] sortByHigh(int[] byLow) {
    int[] sorted = new int[byLow.length];
    for (int i = byLow.length - 1; i >= 0; i--) {
      place(byLow[i], sorted);
    }
    return sorted;
  }

  private void place(int pair, int[] sorted) {
    sorted[--highEnds[pair >>> PAIR_BITS]] = pair & (1 << PAIR_BITS) - 1;
  }
}
