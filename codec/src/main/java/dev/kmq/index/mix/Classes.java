package dev.kmq.index.mix;

/** Numbers sorted into few classes, so that counters can be told apart by them. */
final class Classes {
  /** Least distance of each class but class 0 (specification, section Mix, Classes). */
  private static final int[] DISTANCES = {1, 2, 3, 4, 6, 8, 13, 19, 28, 43, 64, 97, 147, 223, 338};

  private static final byte[] DISTANCE = new byte[DISTANCES[DISTANCES.length - 1] + 1];

  static {
    byte found = 0;
    for (int d = 0; d < DISTANCE.length; d++) {
      if (d == DISTANCES[Math.min(found, DISTANCES.length - 1)]) {
        found++;
      }
      DISTANCE[d] = found;
    }
  }

  private Classes() {}

  /** A distance between colours: 0 to 15. */
  static int ofDistance(int distance) {
    return DISTANCE[Math.min(distance, DISTANCE.length - 1)];
  }

  /** A weighted number of neighbours, at most 42: 0 to 18. */
  static int ofCount(int count) {
    return count < 8 ? count : count < 16 ? 8 + (count - 8 >> 1) : 12 + (count - 16 >> 2);
  }

  /** A distance from a colour, in quarters of the distance to its sibling: 0 to 31. */
  static int ofRelative(int quarters) {
    return quarters < 24
        ? quarters
        : quarters < 48 ? 24 + (quarters - 24 >> 2) : Math.min(31, 30 + (quarters >> 7));
  }

  /** A signed distance from a plane: 0 to 63, from 32 on if not negative. */
  static int ofSigned(int distance) {
    int d = distance < 0 ? ~distance : distance;
    int c = d < 16 ? d : d < 48 ? 16 + (d - 16 >> 2) : Math.min(31, 24 + (d - 48 >> 3));
    return distance < 0 ? 31 - c : 32 + c;
  }

  /** A signed distance from a plane in units of the node's own: 0 to 15. */
  static int ofSteps(int steps) {
    int s = steps < 0 ? ~steps : steps;
    int c =
        s < 16
            ? s
            : s < 32
                ? 16 + (s - 16 >> 1)
                : s < 64 ? 24 + (s - 32 >> 3) : Math.min(31, 28 + (s - 64 >> 5));
    return (steps < 0 ? 31 - c : 32 + c) >> 2;
  }
}
