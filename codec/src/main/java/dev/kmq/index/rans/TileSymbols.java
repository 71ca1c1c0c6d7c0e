package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import java.util.Arrays;

/** The encoder's view of a tile: context and symbol of every pixel, a row at a time. */
final class TileSymbols {
  private static final int RAW_BITS = 16;
  private static final int NONE = -3;

  private final ColorRanks ranks;
  private final IndexPlane tile;
  private final int[] gathered;
  private final short[] contexts;
  private final int[] symbols;
  private int[] row;
  private int[] above;
  private int[] twoAbove;
  private int y = NONE;

  TileSymbols(ColorRanks ranks, IndexPlane tile) {
    this.ranks = ranks;
    this.tile = tile;
    int width = tile.width();
    gathered = new int[width];
    contexts = new short[width];
    symbols = new int[width];
    row = Contexts.row(width);
    above = Contexts.row(width);
    twoAbove = Contexts.row(width);
  }

  /** The contexts of the row's pixels. */
  short[] contexts() {
    return contexts;
  }

  /** Symbols with their raw bits, for {@link #symbol} and {@link #raw}. */
  int[] symbols() {
    return symbols;
  }

  static int symbol(int packed) {
    return packed >>> RAW_BITS;
  }

  static int raw(int packed) {
    return packed & (1 << RAW_BITS) - 1;
  }

  /** Works out a row; quickest when it is next to the one before. */
  void row(int target) {
    if (target == y + 1) {
      int[] free = twoAbove;
      twoAbove = above;
      above = row;
      row = free;
      load(ranks, tile, target, row);
    } else if (target == y - 1) {
      int[] free = row;
      row = above;
      above = twoAbove;
      twoAbove = free;
      load(ranks, tile, target - 2, twoAbove);
    } else {
      load(ranks, tile, target - 2, twoAbove);
      load(ranks, tile, target - 1, above);
      load(ranks, tile, target, row);
    }
    y = target;
    Contexts.gather(ranks, above, twoAbove, gathered);
    model();
  }

  /** Fills a row of positions and its margins from the tile; with 0 above the first row. */
  static void load(ColorRanks ranks, IndexPlane tile, int from, int[] positions) {
    if (from < 0) {
      Arrays.fill(positions, 0);
      return;
    }
    int[] positionOf = ranks.positionOf();
    int at = tile.at(0, from);
    for (int x = 0; x < tile.width(); x++) {
      int index = tile.wide() ? tile.shorts()[at + x] & 0xFFFF : tile.bytes()[at + x] & 0xFF;
      positions[x + Contexts.LEFT] = positionOf[index];
    }
    Contexts.end(positions);
    int first = from == 0 ? 0 : positionOf[tile.get(0, from - 1)];
    positions[0] = first;
    positions[1] = first;
  }

  private void model() {
    char[] table = ranks.table();
    int groups = ranks.groups();
    int shift = ranks.shift();
    int ww = row[0];
    int w = row[1];
    int nw = above[1];
    int n = above[Contexts.LEFT];
    for (int x = 0; x < gathered.length; x++) {
      int ne = above[x + Contexts.LEFT + 1];
      int changeW = table[(nw >>> shift) * groups + (w >>> shift)];
      int context = Contexts.of(gathered[x], changeW, w, ww, n, nw, ne);
      int p = row[x + Contexts.LEFT];
      contexts[x] = (short) context;
      symbols[x] = p == w ? 0 : p == n ? 1 << RAW_BITS : other(context, p, w, n, ne, nw);
      ww = w;
      w = p;
      nw = n;
      n = ne;
    }
  }

  private int other(int context, int p, int w, int n, int ne, int nw) {
    if (p == ne || p == nw) {
      return (p == ne ? 2 : 3) << RAW_BITS;
    }
    int rank = ranks.rankOfOther(Contexts.reference(context, w, n), p, w, n, ne, nw);
    int token = Tokens.of(rank);
    return (Tokens.NEIGHBORS + token) << RAW_BITS | rank - Tokens.rank(token);
  }
}
