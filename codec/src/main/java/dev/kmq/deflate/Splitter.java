package dev.kmq.deflate;

/**
 * Decides where blocks end. Starts from short units and repeatedly joins the two adjacent blocks
 * that gain most, while joining saves bits.
 */
final class Splitter {
  /** Tokens of a unit; the last one may have nearly twice as many. */
  private static final int UNIT = 512;

  private static final long NONE = Long.MIN_VALUE;

  /** Histograms of blocks, one after the other. A block has the number of its first unit. */
  private final int[] counts;

  /** The token that a block ends before. */
  private final int[] ends;

  /** The number of the next block. */
  private final int[] next;

  /** Estimated cost of a block, in 1/65536 bit. */
  private final long[] costsQ16;

  /** Saving from joining a block with the next one, in 1/65536 bit. */
  private final long[] gainsQ16;

  private int blocks;

  private Splitter(int[] tokens, int n) {
    blocks = Math.max(1, n / UNIT);
    counts = new int[blocks * Histogram.SIZE];
    ends = new int[blocks];
    next = new int[blocks];
    costsQ16 = new long[blocks];
    gainsQ16 = new long[blocks];
    for (int i = 0; i < blocks; i++) {
      ends[i] = i + 1 < blocks ? (i + 1) * UNIT : n;
      next[i] = i + 1;
      Histogram.add(tokens, i * UNIT, ends[i], counts, i * Histogram.SIZE);
      costsQ16[i] = BlockCost.costQ16(counts, i * Histogram.SIZE);
    }
    for (int i = 0; i < blocks; i++) {
      gainsQ16[i] = gain(i);
    }
  }

  /**
   * Ends of blocks, in tokens; there is at least one.
   *
   * @param tokens the first {@code n} are those of the blocks
   */
  static int[] split(int[] tokens, int n) {
    Splitter splitter = new Splitter(tokens, n);
    while (splitter.join()) {}
    return splitter.result();
  }

  /** Joins the two blocks that gain most, if any gain. */
  private boolean join() {
    int best = 0;
    int before = -1;
    for (int i = 0, last = -1; i < ends.length; last = i, i = next[i]) {
      if (gainsQ16[i] > gainsQ16[best]) {
        best = i;
        before = last;
      }
    }
    if (gainsQ16[best] < 0) {
      return false;
    }
    int gone = next[best];
    Histogram.add(counts, gone * Histogram.SIZE, best * Histogram.SIZE);
    costsQ16[best] += costsQ16[gone] - gainsQ16[best];
    ends[best] = ends[gone];
    next[best] = next[gone];
    blocks--;
    gainsQ16[best] = gain(best);
    if (before >= 0) {
      gainsQ16[before] = gain(before);
    }
    return true;
  }

  private long gain(int block) {
    int following = next[block];
    if (following == ends.length) {
      return NONE;
    }
    int a = block * Histogram.SIZE;
    int b = following * Histogram.SIZE;
    return costsQ16[block] + costsQ16[following] - BlockCost.costQ16(counts, a, b);
  }

  private int[] result() {
    int[] result = new int[blocks];
    for (int i = 0, n = 0; n < blocks; i = next[i]) {
      result[n++] = ends[i];
    }
    return result;
  }
}
