package dev.kmq.index.mix;

/**
 * Sizes of a tile's tables as powers of two, after its number of pixels (specification, section
 * Mix, Tables).
 *
 * @param slots counters of each hashed context
 * @param flags counters of each other context of a flag
 * @param nodes counters of each other context of a node
 * @param refinements tables that refine sums, of each kind of decision
 * @param history positions that a match may reach back
 * @param matches places where a match may be found
 */
record TableSizes(int slots, int flags, int nodes, int refinements, int history, int matches) {
  /** The sizes for a tile. */
  static TableSizes of(long pixels) {
    int n = 64 - Long.numberOfLeadingZeros(pixels - 1);
    return new TableSizes(
        clamp(n, 9, Integer.getInteger("kmq.slots", 18)),
        clamp(n - 2, 8, Integer.getInteger("kmq.flags", 16)),
        clamp(n - 1, 8, Integer.getInteger("kmq.nodes", 18)),
        clamp(n - 9, 4, 10),
        clamp(n, 8, 19),
        clamp(n - 2, 8, 16));
  }

  private static int clamp(int value, int min, int max) {
    return Math.max(min, Math.min(max, value));
  }
}
