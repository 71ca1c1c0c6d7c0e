package dev.kmq.index.mix;

/**
 * How far the five colours that the neighbours let expect lie from the plane of a node
 * (specification, section Mix, Palette tree). Three numbers of 21 bits stand in a {@code long}, so
 * that one multiplication serves three colours.
 */
final class PlaneDistances {
  private static final int BITS = 21;

  private final ColorTree tree;

  /** By channel: mean, gradient, slope of W, and slopes of N and NE, the first lowest. */
  private final long[] three = new long[4];

  private final long[] two = new long[4];

  private int steepness;
  private int mean;
  private int gradient;
  private int slopeOfW;
  private int slopeOfN;
  private int slopeOfNe;

  PlaneDistances(ColorTree tree) {
    this.tree = tree;
  }

  /** Takes the colours, lanes of four times the value, whose distances are asked for next. */
  void look(long mean, long gradient, long slopeOfW, long slopeOfN, long slopeOfNe) {
    for (int c = 0; c < 4; c++) {
      three[c] =
          Lanes.get(mean, c)
              | (long) Lanes.get(gradient, c) << BITS
              | (long) Lanes.get(slopeOfW, c) << 2 * BITS;
      two[c] = Lanes.get(slopeOfN, c) | (long) Lanes.get(slopeOfNe, c) << BITS;
    }
  }

  /** Measures all distances from the plane of a node. */
  void measure(int node) {
    int[] p = tree.planes;
    int at = ColorTree.PLANE * node;
    int red = p[at];
    int green = p[at + 1];
    int blue = p[at + 2];
    int alpha = p[at + 3];
    int offset = p[at + ColorTree.OFFSET];
    long sums = three[0] * red + three[1] * green + three[2] * blue + three[3] * alpha;
    int sum = lowest(sums);
    mean = sum - offset;
    sums = sums - sum >> BITS;
    sum = lowest(sums);
    gradient = sum - offset;
    slopeOfW = (int) (sums - sum >> BITS) - offset;
    sums = two[0] * red + two[1] * green + two[2] * blue + two[3] * alpha;
    sum = lowest(sums);
    slopeOfN = sum - offset;
    slopeOfNe = (int) (sums - sum >> BITS) - offset;
    steepness = p[at + ColorTree.STEEPNESS];
  }

  private static int lowest(long sums) {
    return (int) sums << 32 - BITS >> 32 - BITS;
  }

  /** The gradient's distance, in 1/1024 of a value, positive on the side of the right half. */
  int gradient() {
    return gradient;
  }

  /** Step class of the mean, 0 to 15. */
  int stepsOfMean() {
    return steps(mean);
  }

  /** Step classes of the slopes of W, N and NE, four bits each, W's highest. */
  int stepsOfSlopes() {
    return steps(slopeOfW) << 8 | steps(slopeOfN) << 4 | steps(slopeOfNe);
  }

  private int steps(int distance) {
    return Classes.ofSteps((distance >> 4) * steepness >> 16);
  }
}
