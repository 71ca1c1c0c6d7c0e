package dev.kmq.deflate;

import java.util.Arrays;

/**
 * Prefix codes of limited length. Lengths are those of an optimal code, by the package-merge
 * algorithm (Larmore and Hirschberg, "A fast algorithm for optimal length-limited Huffman codes",
 * J. ACM 37, 1990); codes are the canonical ones of RFC 1951, section 3.2.2.
 */
final class PrefixCode {
  private PrefixCode() {}

  /**
   * Sets the length of each symbol's code: 0 if it does not occur, 1 if it alone does.
   *
   * @param counts number of occurrences of each symbol, from {@code at} on; not negative
   * @param limit maximum length of a code; 2^limit is at least the number of symbols
   * @param lengths receives them, from 0 on
   */
  static void lengths(int[] counts, int at, int symbols, int limit, byte[] lengths) {
    long[] sorted = new long[symbols];
    int n = 0;
    for (int i = 0; i < symbols; i++) {
      lengths[i] = 0;
      if (counts[at + i] > 0) {
        sorted[n++] = (long) counts[at + i] << 9 | i;
      }
    }
    Arrays.sort(sorted, 0, n);
    if (n == 1) {
      lengths[(int) sorted[0] & 511] = 1;
    } else if (n > 1) {
      packageMerge(sorted, n, limit, lengths);
    }
  }

  /**
   * Each level merges the symbols with the packages (adjacent pairs) of the previous level, by
   * weight. The first 2n - 2 items of the last level are taken: symbols, and packages, each of
   * which takes two items of the level before. The code length of a symbol is the number of levels
   * in which it is taken.
   */
  private static void packageMerge(long[] sorted, int n, int limit, byte[] lengths) {
    boolean[][] paired = new boolean[limit][2 * n];
    long[] list = new long[2 * n];
    long[] before = new long[2 * n];
    int size = 0;
    for (int level = 0; level < limit; level++) {
      long[] swap = before;
      before = list;
      list = swap;
      size = merge(sorted, n, before, size, list, paired[level]);
    }
    int taken = 2 * n - 2;
    for (int level = limit - 1; level >= 0; level--) {
      int pairs = 0;
      for (int i = 0; i < taken; i++) {
        if (paired[level][i]) {
          pairs++;
        } else {
          lengths[(int) sorted[i - pairs] & 511]++;
        }
      }
      taken = 2 * pairs;
    }
  }

  /** The size of the list. */
  private static int merge(
      long[] sorted, int n, long[] before, int size, long[] list, boolean[] paired) {
    int symbol = 0;
    int pair = 0;
    int at = 0;
    while (symbol < n || pair + 1 < size) {
      long weight = pair + 1 < size ? before[pair] + before[pair + 1] : Long.MAX_VALUE;
      boolean pairFirst = symbol == n || weight < sorted[symbol] >>> 9;
      paired[at] = pairFirst;
      if (pairFirst) {
        list[at++] = weight;
        pair += 2;
      } else {
        list[at++] = sorted[symbol++] >>> 9;
      }
    }
    return at;
  }

  /** The canonical codes of these lengths, their bits reversed as DEFLATE writes them. */
  static void codes(byte[] lengths, int symbols, int[] codes) {
    int[] next = new int[17];
    for (int i = 0; i < symbols; i++) {
      next[lengths[i] + 1]++;
    }
    next[1] = 0;
    for (int length = 2; length < next.length; length++) {
      next[length] = next[length - 1] + next[length] << 1;
    }
    for (int i = 0; i < symbols; i++) {
      int length = lengths[i];
      if (length > 0) {
        codes[i] = Integer.reverse(next[length]++) >>> 32 - length;
      }
    }
  }
}
