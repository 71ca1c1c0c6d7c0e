package dev.kmq.index.rans;

/** Scales counts to frequencies that the tables can hold. Used by the encoder only. */
final class Frequencies {
  private Frequencies() {}

  /**
   * The frequencies of a cluster: at least 1 for every symbol counted, {@link RansTables#SUM} in
   * all. The most frequent symbol gets the remainder.
   */
  static int[] of(long[] counts) {
    long sum = BitCosts.sum(counts);
    int largest = 0;
    for (int i = 0; i < counts.length; i++) {
      largest = counts[i] > counts[largest] ? i : largest;
    }
    int[] rounded = scale(counts, sum, largest, true);
    return rounded[largest] > 0 ? rounded : scale(counts, sum, largest, false);
  }

  private static int[] scale(long[] counts, long sum, int largest, boolean nearest) {
    int[] frequencies = new int[counts.length];
    int left = RansTables.SUM;
    for (int i = 0; i < counts.length; i++) {
      if (i == largest || counts[i] == 0) {
        continue;
      }
      double share = (double) counts[i] * RansTables.SUM / sum;
      int frequency = Math.max(1, nearest ? (int) (share + 0.5) : (int) share);
      int below = RansTables.cut(frequency);
      int above = RansTables.cut(frequency + (frequency - below));
      frequencies[i] = nearest ? above : below;
      left -= frequencies[i];
    }
    frequencies[largest] = left;
    return frequencies;
  }
}
