package dev.kmq.remap;

/**
 * A square of thresholds that tiles the plane: a pixel gets the second of two entries if its
 * threshold is below the share of the second one. Immutable.
 */
final class ThresholdMask {
  /** Shares and thresholds range from 0 to this; this share is above every threshold. */
  static final int ONE = 1 << 12;

  /**
   * The matrix of 8x8 thresholds of Bayer, "An optimum method for two-level rendition of
   * continuous-tone images", Proc. IEEE Int. Conf. on Communications, 1973.
   */
  static final ThresholdMask BAYER = ofRanks(8, bayer());

  private final int side;
  private final short[] thresholds;

  private ThresholdMask(int side, short[] thresholds) {
    this.side = side;
    this.thresholds = thresholds;
  }

  /**
   * A mask given by the order in which its places switch to the second entry.
   *
   * @param side a power of two up to 64
   * @param ranks row by row, 0 to side * side - 1, each once
   */
  static ThresholdMask ofRanks(int side, short[] ranks) {
    int step = ONE / ranks.length;
    short[] thresholds = new short[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      // Half a step up, so that a share is rounded to the nearest number of places.
      thresholds[i] = (short) (ranks[i] * step + step / 2);
    }
    return new ThresholdMask(side, thresholds);
  }

  /** The threshold at a place, 0 to {@code ONE - 1}. */
  int at(int x, int y) {
    return thresholds[(y & side - 1) * side + (x & side - 1)];
  }

  /** The lowest bits of the coordinates weigh most, so that ranks of neighbours are far apart. */
  private static short[] bayer() {
    short[] ranks = new short[64];
    for (int i = 0; i < ranks.length; i++) {
      int x = i & 7;
      int y = i >> 3;
      int rank = 0;
      for (int bit = 0; bit < 3; bit++) {
        rank = rank << 2 | ((x ^ y) >> bit & 1) << 1 | y >> bit & 1;
      }
      ranks[i] = (short) rank;
    }
    return ranks;
  }
}
