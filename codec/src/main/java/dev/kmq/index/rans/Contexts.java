package dev.kmq.index.rans;

import java.util.Arrays;

/**
 * The context of a pixel: equalities among its neighbours, how much the colour changes around it,
 * and in which direction (specification, section Neighbours and contexts). The neighbours of a
 * pixel at (x, y) are W (x-1, y), WW (x-2, y), N (x, y-1), NW, NE and NN (x, y-2).
 *
 * <p>Rows are arrays of positions with {@link #LEFT} more to the left and two more to the right.
 * Parts that depend only on the rows above are gathered for a whole row at once, so that the loop
 * with a dependency on each decoded pixel stays short; {@code ContextMethodBenchmark} shows the
 * rate.
 */
final class Contexts {
  /** Contexts are below this; not all of them are {@link #isPossible possible}. */
  static final int COUNT = 1 << 13;

  /** Contexts with those of {@link Memory}, which are all possible, are below this. */
  static final int ALL = COUNT + Memory.CONTEXTS;

  /** Entries of a row before its first pixel. */
  static final int LEFT = 2;

  /** Entries of a row after its last pixel. */
  static final int RIGHT = 2;

  private static final int NE_IS_NEE = 1 << 12;
  private static final int W_IS_N = 1 << 11;
  private static final int W_IS_NW = 1 << 10;
  private static final int W_IS_NE = 1 << 9;
  private static final int N_IS_NW = 1 << 8;
  private static final int N_IS_NE = 1 << 7;
  private static final int W_IS_WW = 1 << 6;
  private static final int N_IS_NN = 1 << 5;
  private static final int DIRECTION = 1 << 4;
  private static final int ACTIVITY = DIRECTION - 1;
  private static final int MOST_ACTIVE = 8;

  private static final int CHANGE_BITS = 10;
  private static final int CHANGE = (1 << CHANGE_BITS) - 1;
  private static final int EQUAL_SHIFT = 2 * CHANGE_BITS - 1;

  private static final int[] POSSIBLE;
  private static final int[] OF_MEMORY = new int[ALL - COUNT];

  static {
    int[] possible = new int[COUNT];
    int n = 0;
    for (int equalities = 0; equalities < COUNT; equalities += 2 * DIRECTION) {
      if (!isPossible(equalities)) {
        continue;
      }
      for (int active = 0; active <= MOST_ACTIVE; active++) {
        possible[n + active] = equalities | active;
        possible[n + MOST_ACTIVE + 1 + active] = equalities | DIRECTION | active;
      }
      n += 2 * (MOST_ACTIVE + 1);
    }
    POSSIBLE = Arrays.copyOf(possible, n);
    for (int i = 0; i < OF_MEMORY.length; i++) {
      OF_MEMORY[i] = COUNT + i;
    }
  }

  private Contexts() {}

  /** The contexts that have an entry in the tables, ascending; not to be changed. */
  static int[] possible() {
    return POSSIBLE;
  }

  /** The contexts of {@link Memory}, ascending, not to be changed. */
  static int[] ofMemory() {
    return OF_MEMORY;
  }

  /** A row of the given width with its margins, all positions 0. */
  static int[] row(int width) {
    return new int[width + LEFT + RIGHT];
  }

  /** Fills the left margin of a row, which is needed before its first pixel. */
  static void begin(int[] row, int[] above) {
    row[0] = above[LEFT];
    row[1] = above[LEFT];
  }

  /** Fills the right margin of a row whose pixels are known. */
  static void end(int[] row) {
    int last = row[row.length - RIGHT - 1];
    row[row.length - 2] = last;
    row[row.length - 1] = last;
  }

  /**
   * The contribution of the rows above to each context of a row: changeN in bits 10 to 19, changeN
   * + changeNE in bits 0 to 9, equalities above.
   */
  static void gather(ColorRanks ranks, int[] n, int[] nn, int[] gathered) {
    char[] table = ranks.table();
    int groups = ranks.groups();
    int shift = ranks.shift();
    int change = table[(n[1] >>> shift) * groups + (n[LEFT] >>> shift)];
    int nw = n[1];
    int here = n[LEFT];
    for (int x = 0; x < gathered.length; x++) {
      int ne = n[x + LEFT + 1];
      int next = table[(here >>> shift) * groups + (ne >>> shift)];
      int equal = equalitiesAbove(here, nn[x + LEFT], nw, ne, n[x + LEFT + 2]);
      gathered[x] = equal << EQUAL_SHIFT | change << CHANGE_BITS | change + next;
      change = next;
      nw = here;
      here = ne;
    }
  }

  /**
   * The context of a pixel.
   *
   * @param gathered the result of {@link #gather} for it
   * @param changeW rank of W's group as seen from NW's
   */
  static int of(int gathered, int changeW, int w, int ww, int n, int nw, int ne) {
    return equalitiesOfW(w, ww, n, nw, ne)
        | gathered >>> EQUAL_SHIFT
        | ofChanges(changeW, gathered >>> CHANGE_BITS & CHANGE, changeW + (gathered & CHANGE));
  }

  /** The part of a context for the neighbours that a pixel's W is equal to. */
  static int equalitiesOfW(int w, int ww, int n, int nw, int ne) {
    return (W_IS_N & equal(w, n))
        | (W_IS_NW & equal(w, nw))
        | (W_IS_NE & equal(w, ne))
        | (W_IS_WW & equal(w, ww));
  }

  /** The part that is about equalities in the rows above. */
  static int equalitiesAbove(int n, int nn, int nw, int ne, int nee) {
    return (N_IS_NW & equal(n, nw))
        | (N_IS_NE & equal(n, ne))
        | (N_IS_NN & equal(n, nn))
        | (NE_IS_NEE & equal(ne, nee));
  }

  /** The part for changes around a pixel; {@code sum} is their sum. */
  static int ofChanges(int changeW, int changeN, int sum) {
    int active = 32 - Integer.numberOfLeadingZeros(sum);
    return DIRECTION & before(changeW, changeN) | Math.min(active, MOST_ACTIVE);
  }

  /** The neighbour that a pixel's rank is relative to: N where W is nearer to NW than N is. */
  static int reference(int context, int w, int n) {
    return (context & DIRECTION) != 0 ? n : w;
  }

  /**
   * Whether a context can occur as far as equality is transitive; the others have no entry in the
   * tables.
   */
  static boolean isPossible(int context) {
    boolean wn = (context & W_IS_N) != 0;
    boolean wnw = (context & W_IS_NW) != 0;
    boolean wne = (context & W_IS_NE) != 0;
    boolean nnw = (context & N_IS_NW) != 0;
    boolean nne = (context & N_IS_NE) != 0;
    if ((context & ACTIVITY) > MOST_ACTIVE) {
      return false;
    }
    if (wn) {
      return wnw == nnw && wne == nne;
    }
    return !(wnw && nnw) && !(wne && nne);
  }

  /** All bits set if equal, else none; neither number is negative. */
  private static int equal(int a, int b) {
    return (a ^ b) - 1 >> 31;
  }

  private static int before(int a, int b) {
    return a - b >> 31;
  }
}
