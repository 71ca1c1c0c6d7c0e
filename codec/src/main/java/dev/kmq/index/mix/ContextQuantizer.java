package dev.kmq.index.mix;

/** Quantises numbers to a few classes that select counters (specification, rule M-9). */
final class ContextQuantizer {
  /** Least distance of each class but class 0 (specification, rule M-5). */
  private static final int[] DISTANCES = {1, 2, 3, 4, 6, 8, 13, 19, 28, 43, 64, 97, 147, 223, 338};

  private static final byte[] DISTANCE = new byte[DISTANCES[DISTANCES.length - 1] + 1];

  /**
   * Classes of weights, and of signed numbers from -LARGE to LARGE - 1: table look-ups instead of
   * unpredictable branches.
   */
  private static final byte[] WEIGHT = new byte[Neighborhood.WEIGHT + 1];

  private static final int LARGE = 256;
  private static final byte[] SIGNED = new byte[2 * LARGE];
  private static final byte[] STEPS = new byte[2 * LARGE];

  static {
    byte found = 0;
    for (int d = 0; d < DISTANCE.length; d++) {
      if (d == DISTANCES[Math.min(found, DISTANCES.length - 1)]) {
        found++;
      }
      DISTANCE[d] = found;
    }
    for (int v = 0; v < WEIGHT.length; v++) {
      WEIGHT[v] = (byte) (v < 8 ? v : v < 16 ? 8 + (v - 8 >> 1) : 12 + (v - 16 >> 2));
    }
    for (int v = 0; v < LARGE; v++) {
      int c = v < 16 ? v : v < 48 ? 16 + (v - 16 >> 2) : Math.min(31, 24 + (v - 48 >> 3));
      SIGNED[LARGE + v] = (byte) (32 + c);
      SIGNED[LARGE + ~v] = (byte) (31 - c);
      c = v < 16 ? v : v < 32 ? 16 + (v - 16 >> 1) : Math.min(28, 24 + (v - 32 >> 3));
      STEPS[LARGE + v] = (byte) (32 + c >> 2);
      STEPS[LARGE + ~v] = (byte) (31 - c >> 2);
    }
  }

  private ContextQuantizer() {}

  /** Class of a distance between colours: 0 to 15. */
  static int distance(int distance) {
    return DISTANCE[Math.min(distance, DISTANCE.length - 1)];
  }

  /** Class of a weight of neighbours: 0 to 18. */
  static int weight(int weight) {
    return WEIGHT[weight];
  }

  /**
   * Relative class of a distance from a colour, in quarters of the distance to its sibling: 0 to
   * 31.
   */
  static int relative(int quarters) {
    return quarters < 24
        ? quarters
        : quarters < 48 ? 24 + (quarters - 24 >> 2) : Math.min(31, 30 + (quarters >> 7));
  }

  /** Plane class of a signed distance: 0 to 63; 32 or more if not negative. */
  static int plane(int distance) {
    return SIGNED[clamp(distance)];
  }

  /** Step class of a signed distance in the node's own unit: 0 to 15. */
  static int step(int steps) {
    return STEPS[clamp(steps)];
  }

  private static int clamp(int number) {
    return LARGE + Math.max(-LARGE, Math.min(LARGE - 1, number));
  }
}
