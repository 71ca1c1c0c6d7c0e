package dev.kmq.index.mix;

/**
 * Where the counters, weight sets and refinements of a tile lie, and how many there are: fewer for
 * a small tile, so that it need not clear megabytes (specification, section Mix, Tables). All
 * counters stand in one array: the node lines, the flag lines, the other contexts of the flags and
 * of the nodes, and the few that are found by number.
 *
 * @param lineBits log2 of the counters of nodes by each hashed context
 * @param flagBits log2 of the counters of the first flag by each hashed context
 * @param otherBits log2 of the counters of a flag by each other context; nodes have twice as many
 * @param refinementBits log2 of the refinements of each of four kinds of decision
 * @param expectationBits log2 of the neighbourhoods whose pixel is remembered
 */
record Layout(int lineBits, int flagBits, int otherBits, int refinementBits, int expectationBits) {
  /** Contexts of a decision that are hashed. */
  static final int HASHED = 6;

  /** Other contexts of a flag. */
  static final int FLAG_OTHERS = 4;

  /** Other contexts of a node. */
  static final int NODE_OTHERS = 5;

  /** Counters by number: 64 for each of two flags and for nodes, then these. */
  static final int UNEXPECTED = 192;

  /** The first of 128 counters of an even place, by number. */
  static final int EVEN = 193;

  private static final int NUMBERED = EVEN + 128;

  /** Weight sets: 1024 by node, then these by decision. */
  static final int NODE_STATES = 1024;

  static final int FLAG_EDGES = NODE_STATES + 16 * 9;
  static final int FLAG_ACTIVITIES = FLAG_EDGES + 2 * 32;
  static final int EVEN_FLAG = FLAG_ACTIVITIES + 2 * 16;
  static final int EVEN_OUTER = EVEN_FLAG + 1;
  static final int SETS = EVEN_OUTER + 128;

  /** The layout for a tile. */
  static Layout of(long pixels) {
    int n = 64 - Long.numberOfLeadingZeros(pixels - 1);
    return new Layout(
        clamp(n, 9, 18),
        clamp(n - 4, 6, 14),
        clamp(n - 2, 8, 16),
        clamp(n - 10, 3, 8),
        clamp(n - 2, 8, 16));
  }

  private static int clamp(int value, int min, int max) {
    return Math.max(min, Math.min(max, value));
  }

  /** The first counter of a line of 16, by context and hash. */
  int line(int context, int hash) {
    return (context << lineBits) + (hash >>> 36 - lineBits << 4);
  }

  /** The counter of the first flag, by context and hash. */
  int flag(int context, int hash) {
    return (HASHED << lineBits) + (context << flagBits) + (hash >>> 32 - flagBits);
  }

  /** The first counter of another context of a flag, 0 or 1. */
  int flagOther(int other, int flag) {
    return (HASHED << lineBits) + (HASHED << flagBits) + (2 * other + flag << otherBits);
  }

  /** The first counter of another context of a node. */
  int nodeOther(int other) {
    return flagOther(FLAG_OTHERS, 0) + (other << otherBits + 1);
  }

  /** The counter of a number. */
  int numbered(int number) {
    return nodeOther(NODE_OTHERS) + number;
  }

  int counters() {
    return numbered(NUMBERED);
  }

  /** The refinement of a kind of decision, 0 to 3, by key. */
  int refinement(int kind, int key) {
    return (kind << refinementBits) + (key & (1 << refinementBits) - 1);
  }

  int refinements() {
    return 4 << refinementBits;
  }
}
