package dev.kmq.index.mix;

/**
 * Sizes and places of the counters, weight sets and adaptive probability maps (APM) of a tile.
 * Small tiles have smaller tables, which are quicker to clear (specification, section Mix, Tables).
 * One array holds all counters: the lines of nodes, the contexts of the flags, those of even
 * places, those of nodes, and the numbered ones.
 *
 * @param lineBits log2 of the counters in the lines of each hash
 * @param contextBits log2 of the counters of a flag by each context, of those of even places, and
 *     of the entries of the run map; nodes have twice as many by each context
 * @param apmBits log2 of the number of APMs of each of four kinds of decision
 * @param nodes nodes that have a weight set of their own
 * @param matches whether there are the contexts of matches
 */
record TableLayout(int lineBits, int contextBits, int apmBits, int nodes, boolean matches) {
  /** Number of hashes of a pixel that select lines. */
  static final int LINES = 8;

  /** Contexts of a flag, without the one that is numbered. */
  static final int FLAG_CONTEXTS = 7;

  /** Contexts of a node, without the lines. */
  static final int NODE_CONTEXTS = 4;

  /** Counters by number: 64 for each of two flags, then 128 of an even place. */
  static final int EVEN = 128;

  /** With matches, 32 more for each flag, 32 for even places and 64 for nodes. */
  static final int MATCH_FLAG = EVEN + 128;

  static final int MATCH_EVEN = MATCH_FLAG + 2 * 32;
  static final int MATCH_NODE = MATCH_EVEN + 32;
  private static final int NUMBERED = MATCH_NODE + 64;

  /** Contexts that only exist with matches: of either flag, of nodes, of even places. */
  static final int MORE_FLAG = 4;

  static final int MORE_NODE = 4;
  static final int MORE_EVEN = 1;

  /**
   * Weight sets: those of nodes by activity and ruled-out positions, then those of the other
   * decisions.
   */
  static final int NODE_STATES = 0;

  static final int FLAG_EDGES = NODE_STATES + 16 * 9;
  static final int FLAG_ACTIVITIES = FLAG_EDGES + 2 * 32;
  static final int EVEN_FLAG = FLAG_ACTIVITIES + 2 * 16;
  static final int EVEN_OUTER = EVEN_FLAG + 1;

  /** By kind of decision and state of the match: the second set if there is a match. */
  static final int MATCH_SETS = EVEN_OUTER + 128;

  /** Maximum number of nodes that have a weight set of their own. */
  private static final int MOST_NODES = 1024;

  /** The layout for a tile. */
  static TableLayout of(long pixels, int colors, boolean matches) {
    int n = 64 - Long.numberOfLeadingZeros(pixels - 1);
    return new TableLayout(
        clamp(n, 9, 18),
        clamp(n - 2, 8, 15),
        clamp(n - 10, 3, 8),
        Math.min(colors, MOST_NODES),
        matches);
  }

  private static int clamp(int value, int min, int max) {
    return Math.max(min, Math.min(max, value));
  }

  /** The first counter of a line of 16, by context and hash. */
  int line(int context, int hash) {
    return (context << lineBits) + (hash >>> 36 - lineBits << 4);
  }

  /** The first counter of a context of a flag, 0 or 1. */
  int flag(int context, int flag) {
    return (LINES << lineBits) + (2 * context + flag << contextBits);
  }

  /** The counter of an even place by W. */
  int even(int position) {
    return flag(FLAG_CONTEXTS, 0) + Hash.place(position, contextBits);
  }

  /** The first counter of a context of a node. */
  int node(int context) {
    return flag(FLAG_CONTEXTS, 1) + (context << contextBits + 1);
  }

  /** The counter of a number. */
  int numbered(int number) {
    return node(NODE_CONTEXTS) + number;
  }

  /**
   * The first counter of a context that only exists with matches: 0 to 3 by flag, then nodes, then
   * even places.
   */
  int more(int context) {
    return numbered(NUMBERED) + (context << contextBits + 1);
  }

  int counters() {
    return matches ? more(2 * MORE_FLAG + MORE_NODE + MORE_EVEN) : numbered(MATCH_FLAG);
  }

  /** Memory for counters and run map in bytes. */
  long bytes() {
    return (long) Character.BYTES * counters() + ((long) Integer.BYTES << contextBits);
  }

  /** Number of weight sets, those by node excluded. */
  private int namedSets() {
    return matches ? MATCH_SETS + 32 + 2 * 32 + 64 : MATCH_SETS;
  }

  /** The weight set of a node; they follow all others. */
  int nodeSet(int node) {
    return namedSets() + (node & MOST_NODES - 1);
  }

  int sets() {
    return namedSets() + nodes;
  }

  /** The APM of a kind of decision, 0 to 3, by key. */
  int apm(int kind, int key) {
    return (kind << apmBits) + (key & (1 << apmBits) - 1);
  }

  int apms() {
    return 4 << apmBits;
  }
}
