package dev.kmq.quantize;

import java.util.Arrays;

/** Cuts a histogram into runs of colours that agree in the upper bits of all channels. */
final class Grouping {
  private Grouping() {}

  /** Ends of the runs of colours that differ in the lowest {@code bits} of a channel only. */
  static int[] ends(ColorHistogram histogram, int bits) {
    int n = histogram.size();
    int[] ends = new int[Math.min(n, 1 << 10)];
    int groups = 0;
    long last = -1;
    for (int i = 0; i < n; i++) {
      int argb = histogram.argb(i);
      long key =
          argb >>> 24 == 255
              ? ColorCounter.morton(argb) >>> 3 * bits
              : TranslucentCounter.morton(argb) >>> 4 * bits | 1L << 32;
      if (key != last && i > 0) {
        if (groups + 1 >= ends.length) {
          ends = Arrays.copyOf(ends, Math.min(n, ends.length * 2));
        }
        ends[groups++] = i;
      }
      last = key;
    }
    ends[groups++] = n;
    return Arrays.copyOf(ends, groups);
  }
}
