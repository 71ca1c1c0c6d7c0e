package dev.kmq.index.mix;

/**
 * Distances of the predicted colour and of three slopes from the plane of a node (specification,
 * section Mix, Palette tree). A {@code long} holds two numbers of 32 bits, so that one
 * multiplication serves two colours.
 */
final class PlaneDistances {
  private static final int BITS = 32;

  private final PaletteTree tree;

  /** By channel: the predicted colour and the slope of W, the first low. */
  private final long[] first = new long[4];

  /** By channel: the slopes of N and NE. */
  private final long[] second = new long[4];

  private int steepness;
  private int predicted;
  private int slopeOfW;
  private int slopeOfN;
  private int slopeOfNe;

  PlaneDistances(PaletteTree tree) {
    this.tree = tree;
  }

  /** Sets the four colours, in quarters. */
  void look(long predicted, long slopeOfW, long slopeOfN, long slopeOfNe) {
    for (int c = 0; c < 4; c++) {
      first[c] = PackedColors.get(predicted, c) | (long) PackedColors.get(slopeOfW, c) << BITS;
      second[c] = PackedColors.get(slopeOfN, c) | (long) PackedColors.get(slopeOfNe, c) << BITS;
    }
  }

  /** Measures all distances from the plane of a node. */
  void measure(int node) {
    int[] p = tree.planes;
    int at = PaletteTree.PLANE * node;
    int red = p[at];
    int green = p[at + 1];
    int blue = p[at + 2];
    int alpha = p[at + 3];
    int offset = p[at + PaletteTree.OFFSET];
    long sums = first[0] * red + first[1] * green + first[2] * blue + first[3] * alpha;
    predicted = (int) sums - offset;
    slopeOfW = (int) (sums - (int) sums >> BITS) - offset;
    sums = second[0] * red + second[1] * green + second[2] * blue + second[3] * alpha;
    slopeOfN = (int) sums - offset;
    slopeOfNe = (int) (sums - (int) sums >> BITS) - offset;
    steepness = p[at + PaletteTree.STEEPNESS];
  }

  /**
   * The predicted colour's distance in 1/1024 of a value, positive on the side of the right half.
   */
  int predicted() {
    return predicted;
  }

  /** Step class of the predicted colour, 0 to 15. */
  int stepsOfPredicted() {
    return steps(predicted);
  }

  /** Step classes of the slopes of W, N and NE, four bits each, W's highest. */
  int stepsOfSlopes() {
    return steps(slopeOfW) << 8 | steps(slopeOfN) << 4 | steps(slopeOfNe);
  }

  private int steps(int distance) {
    return ContextQuantizer.step((distance >> 4) * steepness >> 16);
  }
}
