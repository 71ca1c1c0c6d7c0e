package dev.kmq.index.rans;

import java.util.Arrays;

/**
 * Costs of symbols in bits. Logarithms come from a table and sums have a fixed order, so that an
 * encoder makes the same decisions on every machine.
 */
final class BitCosts {
  private static final int TABLE_BITS = 12;
  private static final double[] LOG2 = new double[1 << TABLE_BITS];

  /** Count added to every symbol, so that the cost of symbols that a cluster lacks stays finite. */
  private static final double UNSEEN = 0.02;

  static {
    double log = StrictMath.log(2);
    for (int i = 0; i < LOG2.length; i++) {
      LOG2[i] = StrictMath.log(1 + (i + 0.5) / LOG2.length) / log;
    }
  }

  private BitCosts() {}

  static long sum(long[] histogram) {
    long sum = 0;
    for (long count : histogram) {
      sum += count;
    }
    return sum;
  }

  /** Binary logarithm of a number from 1 on; exact enough to compare costs, and for powers of 2. */
  static double log2(long n) {
    int log = 63 - Long.numberOfLeadingZeros(n);
    if ((n & n - 1) == 0) {
      return log;
    }
    long fraction = log >= TABLE_BITS ? n >>> (log - TABLE_BITS) : n << (TABLE_BITS - log);
    return log + LOG2[(int) fraction & LOG2.length - 1];
  }

  private static double weighted(long n) {
    return n == 0 ? 0 : n * log2(n);
  }

  /** Cost of all symbols of a histogram at their own frequencies, in bits. */
  static double entropy(long[] histogram) {
    long sum = 0;
    double bits = 0;
    for (long count : histogram) {
      sum += count;
      bits -= weighted(count);
    }
    return bits + weighted(sum);
  }

  /** The same for the sum of two histograms. */
  static double entropy(long[] a, long[] b) {
    long sum = 0;
    double bits = 0;
    for (int i = 0; i < a.length; i++) {
      long count = a[i] + b[i];
      sum += count;
      bits -= weighted(count);
    }
    return bits + weighted(sum);
  }

  /** Cost of each symbol at the frequencies of a cluster, in bits. */
  static double[] symbolCosts(long[] cluster) {
    long scale = Math.round(1 / UNSEEN);
    double all = log2(sum(cluster) * scale + cluster.length);
    double[] symbolCosts = new double[cluster.length];
    for (int i = 0; i < cluster.length; i++) {
      symbolCosts[i] = all - log2(cluster[i] * scale + 1);
    }
    return symbolCosts;
  }

  /** Turns rows into columns. */
  static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  /**
   * Total cost of one histogram at the symbol costs of many clusters, or of many histograms at
   * those of one cluster, in bits. The loop over the many vectorises; each sum keeps the order of
   * the symbols.
   *
   * @param one by symbol
   * @param many by symbol, then by number
   * @param bits receives the totals, by number
   */
  static void totals(double[] one, double[][] many, double[] bits) {
    Arrays.fill(bits, 0);
    for (int symbol = 0; symbol < one.length; symbol++) {
      if (one[symbol] != 0) {
        add(one[symbol], many[symbol], bits);
      }
    }
  }

  private static void add(double factor, double[] values, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[i];
    }
  }
}
