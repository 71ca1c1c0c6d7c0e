package dev.kmq.remap;

/**
 * A mask of 64x64 ranks, each threshold of which gives an even scatter of points without a pattern,
 * made by void and cluster (Ulichney, "The void-and-cluster method for dither array generation",
 * Proc. SPIE 1913, 1993): points are added in the largest void, by a Gaussian that wraps around the
 * edges. Computed in integers from a fixed seed, so it is the same on every machine; takes a few
 * milliseconds.
 */
final class BlueNoiseMask {
  private static final int SIDE = 64;

  /** Ranks in the mask: 0 to {@code AREA - 1}, each once. */
  private static final int AREA = SIDE * SIDE;

  private static final int FIRST_POINTS = AREA / 10;

  /** Those of {@link java.util.Random}, whose numbers differ where it is not the JDK's. */
  private static final long MULTIPLIER = 0x5DEECE66DL;

  private static final long STATES = 1L << 48;
  private static final long SEED = 1993 ^ MULTIPLIER;

  private static final double SIGMA = 1.5;

  /** Weight of a point by its distance along x and y. */
  private final int[] gaussian = new int[AREA];

  private final boolean[] points = new boolean[AREA];
  private final int[] crowd = new int[AREA];

  private BlueNoiseMask() {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int dx = Math.min(x, SIDE - x);
        int dy = Math.min(y, SIDE - y);
        double weight = StrictMath.exp(-(dx * dx + dy * dy) / (2 * SIGMA * SIGMA));
        gaussian[y * SIDE + x] = (int) (weight * (1 << 20) + 0.5);
      }
    }
  }

  /** The mask. */
  static ThresholdMask mask() {
    return Holder.MASK;
  }

  /** Built on first use. */
  private static final class Holder {
    static final ThresholdMask MASK = ThresholdMask.ofRanks(SIDE, make());
  }

  private static short[] make() {
    BlueNoiseMask mask = new BlueNoiseMask();
    long state = SEED;
    for (int n = 0; n < FIRST_POINTS; ) {
      state = state * MULTIPLIER + 11 & STATES - 1;
      int at = (int) (state / (STATES / AREA));
      if (!mask.points[at]) {
        mask.flip(at);
        n++;
      }
    }
    mask.spread();
    return mask.rank();
  }

  /**
   * Moves the point in the tightest cluster to the largest void, until it would move back to its
   * own place.
   */
  private void spread() {
    while (true) {
      int cluster = cluster();
      flip(cluster);
      int empty = largestVoid();
      flip(empty);
      if (empty == cluster) {
        return;
      }
    }
  }

  private short[] rank() {
    short[] ranks = new short[AREA];
    boolean[] start = points.clone();
    for (int rank = FIRST_POINTS - 1; rank >= 0; rank--) {
      int cluster = cluster();
      ranks[cluster] = (short) rank;
      flip(cluster);
    }
    for (int i = 0; i < AREA; i++) {
      if (start[i]) {
        flip(i);
      }
    }
    for (int rank = FIRST_POINTS; rank < AREA; rank++) {
      int empty = largestVoid();
      ranks[empty] = (short) rank;
      flip(empty);
    }
    return ranks;
  }

  private int cluster() {
    int best = -1;
    for (int i = 0; i < AREA; i++) {
      if (points[i] && (best < 0 || crowd[i] > crowd[best])) {
        best = i;
      }
    }
    return best;
  }

  private int largestVoid() {
    int best = -1;
    for (int i = 0; i < AREA; i++) {
      if (!points[i] && (best < 0 || crowd[i] < crowd[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Adds or removes a point and its contribution to the density everywhere. */
  private void flip(int at) {
    points[at] = !points[at];
    int sign = points[at] ? 1 : -1;
    int x0 = at % SIDE;
    int y0 = at / SIDE;
    for (int y = 0; y < SIDE; y++) {
      int row = (y - y0 & SIDE - 1) * SIDE;
      for (int x = 0; x < SIDE; x++) {
        crowd[y * SIDE + x] += sign * gaussian[row + (x - x0 & SIDE - 1)];
      }
    }
  }
}
