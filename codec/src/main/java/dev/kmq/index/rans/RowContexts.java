package dev.kmq.index.rans;

/**
 * The contexts of whole rows, for an encoder, which knows all pixels; a decoder computes them one
 * by one. Only loops that access all arrays at the same index and use no table vectorise. So
 * shifted copies of each row are kept, and table look-ups have a loop of their own.
 */
final class RowContexts {
  /** Copies of a row. */
  private static final int COPIES = Contexts.LEFT + 1 + Contexts.RIGHT;

  private static final int LEFT = Contexts.LEFT;

  private final ColorRanks ranks;
  private final int[] indicesW;
  private final int[] indicesNE;
  private final int[] contexts;

  RowContexts(ColorRanks ranks, int width) {
    this.ranks = ranks;
    indicesW = new int[width];
    indicesNE = new int[width];
    contexts = new int[width];
  }

  /** Copies for {@link #shift} to fill: entry x of copy i is what is at x + i - LEFT in the row. */
  static int[][] copies(int width) {
    return new int[COPIES][width];
  }

  /** Fills copies of a row that has its margins. */
  static void shift(int[] row, int[][] copies) {
    for (int i = 0; i < COPIES; i++) {
      System.arraycopy(row, i, copies[i], 0, copies[i].length);
    }
  }

  /** The contexts of the row found last. */
  int[] contexts() {
    return contexts;
  }

  /** Finds the contexts of a row; rows are copies. */
  void find(int[][] row, int[][] above, int[][] twoAbove) {
    index(above[LEFT - 1], row[LEFT - 1], indicesW);
    index(above[LEFT], above[LEFT + 1], indicesNE);
    lookUp(ranks.rank(above[LEFT - 1][0], above[LEFT][0]) >>> ranks.shift());
    addEqualitiesAbove(above, twoAbove[LEFT]);
    addEqualitiesOfW(row, above);
  }

  /** Index of the change from one position to another in the table. */
  private void index(int[] from, int[] to, int[] indices) {
    int groups = ranks.groups();
    int shift = ranks.shift();
    for (int x = 0; x < indices.length; x++) {
      indices[x] = (from[x] >>> shift) * groups + (to[x] >>> shift);
    }
  }

  private void lookUp(int firstN) {
    char[] table = ranks.table();
    int changeN = firstN;
    for (int x = 0; x < contexts.length; x++) {
      int changeW = table[indicesW[x]];
      int changeNE = table[indicesNE[x]];
      contexts[x] = Contexts.ofChanges(changeW, changeN, changeW + changeN + changeNE);
      changeN = changeNE;
    }
  }

  private void addEqualitiesAbove(int[][] above, int[] nn) {
    int[] nw = above[LEFT - 1];
    int[] n = above[LEFT];
    int[] ne = above[LEFT + 1];
    int[] nee = above[LEFT + 2];
    for (int x = 0; x < contexts.length; x++) {
      contexts[x] |= Contexts.equalitiesAbove(n[x], nn[x], nw[x], ne[x], nee[x]);
    }
  }

  private void addEqualitiesOfW(int[][] row, int[][] above) {
    int[] ww = row[LEFT - 2];
    int[] w = row[LEFT - 1];
    int[] nw = above[LEFT - 1];
    int[] n = above[LEFT];
    int[] ne = above[LEFT + 1];
    for (int x = 0; x < contexts.length; x++) {
      contexts[x] |= Contexts.equalitiesOfW(w[x], ww[x], n[x], nw[x], ne[x]);
    }
  }
}
