package dev.kmq.quantize;

import java.util.Arrays;

/**
 * Groups of similar colours: runs of a histogram in Morton order, which are cubes, or halves or
 * quarters of cubes.
 */
final class MortonGroups {
  private MortonGroups() {}

  /**
   * Ends of the runs of colours that agree except for the lowest {@code levels} bits of their
   * Morton code; three levels are one bit per channel. {@code finer} has the ends of the runs to
   * join.
   */
  static int[] ends(ColorHistogram histogram, int[] finer, int levels) {
    int[] ends = new int[finer.length];
    int groups = 0;
    long last = -1;
    for (int g = 0; g < finer.length; g++) {
      int argb = histogram.argb(finer[g] - 1);
      long key =
          argb >>> 24 == 255
              ? ColorCounter.morton(argb) >>> levels
              : ColorTable.morton(argb) >>> levels * 4 / 3 | 1L << 32;
      if (key != last) {
        ends[groups++] = g;
        last = key;
      }
    }
    // These are starts so far: each is the end of the run before.
    for (int g = 0; g < groups; g++) {
      ends[g] = g + 1 < groups ? finer[ends[g + 1] - 1] : finer[finer.length - 1];
    }
    return Arrays.copyOf(ends, groups);
  }

  /** One run per colour. */
  static int[] single(int size) {
    int[] ends = new int[size];
    for (int i = 0; i < size; i++) {
      ends[i] = i + 1;
    }
    return ends;
  }

  /** Ends of coarser groups, counted in finer groups. */
  static int[] within(int[] finer, int[] coarser) {
    int[] inner = new int[coarser.length];
    int e = 0;
    for (int g = 0; g < coarser.length; g++) {
      while (e < finer.length && finer[e] <= coarser[g]) {
        e++;
      }
      inner[g] = e;
    }
    return inner;
  }
}
