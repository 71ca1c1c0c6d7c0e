package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import java.util.Arrays;

/**
 * The encoder's view of a tile: context and symbol of every pixel, a row at a time. An encoder
 * knows all pixels, so none depends on the one before, and the loops have no unpredictable
 * branches; {@code ContextMethodBenchmark} shows the rate.
 */
final class TileSymbols {
  private static final int RANK_BITS = 16;
  private static final int NONE = -3;

  private final ColorRanks ranks;
  private final IndexPlane tile;
  private final int[] positions;
  private final RowContexts contexts;
  private final int[] symbols;
  private final int[] others;
  private int[][] row;
  private int[][] above;
  private int[][] twoAbove;
  private int y = NONE;

  TileSymbols(ColorRanks ranks, IndexPlane tile) {
    this.ranks = ranks;
    this.tile = tile;
    int width = tile.width();
    positions = Contexts.row(width);
    contexts = new RowContexts(ranks, width);
    symbols = new int[width];
    others = new int[width];
    row = RowContexts.copies(width);
    above = RowContexts.copies(width);
    twoAbove = RowContexts.copies(width);
  }

  /** The contexts of the row's pixels. */
  int[] contexts() {
    return contexts.contexts();
  }

  /** Symbols with the ranks of those that have one, for {@link #symbol} and {@link #rank}. */
  int[] symbols() {
    return symbols;
  }

  static int symbol(int packed) {
    return packed >>> RANK_BITS;
  }

  /** A rank, whose low bits are a symbol's raw bits; 0 for a symbol that names a neighbour. */
  static int rank(int packed) {
    return packed & (1 << RANK_BITS) - 1;
  }

  /** Computes a row; fastest if it is adjacent to the previous one. */
  void row(int target) {
    if (target == y + 1) {
      int[][] free = twoAbove;
      twoAbove = above;
      above = row;
      row = free;
      load(target, row);
    } else if (target == y - 1) {
      int[][] free = row;
      row = above;
      above = twoAbove;
      twoAbove = free;
      load(target - 2, twoAbove);
    } else {
      load(target - 2, twoAbove);
      load(target - 1, above);
      load(target, row);
    }
    y = target;
    contexts.find(row, above, twoAbove);
    nameNeighbors();
    rankOthers(listOthers());
  }

  private void load(int from, int[][] shifted) {
    load(ranks, tile, from, positions);
    RowContexts.shift(positions, shifted);
  }

  /** Fills a row of positions and its margins from the tile; with 0 above the first row. */
  static void load(ColorRanks ranks, IndexPlane tile, int from, int[] positions) {
    if (from < 0) {
      Arrays.fill(positions, 0);
      return;
    }
    int[] positionOf = ranks.positionOf();
    int at = tile.at(0, from);
    int width = tile.width();
    if (tile.wide()) {
      short[] shorts = tile.shorts();
      for (int x = 0; x < width; x++) {
        positions[x + Contexts.LEFT] = positionOf[shorts[at + x] & 0xFFFF];
      }
    } else {
      byte[] bytes = tile.bytes();
      for (int x = 0; x < width; x++) {
        positions[x + Contexts.LEFT] = positionOf[bytes[at + x] & 0xFF];
      }
    }
    Contexts.end(positions);
    int first = from == 0 ? 0 : positionOf[tile.get(0, from - 1)];
    positions[0] = first;
    positions[1] = first;
  }

  private void nameNeighbors() {
    int[] pixels = row[Contexts.LEFT];
    int[] w = row[Contexts.LEFT - 1];
    int[] n = above[Contexts.LEFT];
    int[] ne = above[Contexts.LEFT + 1];
    int[] nw = above[Contexts.LEFT - 1];
    for (int x = 0; x < symbols.length; x++) {
      symbols[x] = Tokens.neighbor(pixels[x], w[x], n[x], ne[x], nw[x]) << RANK_BITS;
    }
  }

  /** Lists the pixels that differ from all their neighbours, and returns their number. */
  private int listOthers() {
    int count = 0;
    for (int x = 0; x < symbols.length; x++) {
      others[count] = x;
      count += symbol(symbols[x]) / Tokens.NEIGHBORS;
    }
    return count;
  }

  private void rankOthers(int count) {
    int[] context = contexts.contexts();
    int[] pixels = row[Contexts.LEFT];
    int[] west = row[Contexts.LEFT - 1];
    int[] north = above[Contexts.LEFT];
    int[] ne = above[Contexts.LEFT + 1];
    int[] nw = above[Contexts.LEFT - 1];
    for (int i = 0; i < count; i++) {
      int x = others[i];
      int w = west[x];
      int n = north[x];
      int from = Contexts.reference(context[x], w, n);
      int rank = ranks.rankOfOther(from, pixels[x], w, n, ne[x], nw[x]);
      symbols[x] = (Tokens.NEIGHBORS + Tokens.of(rank)) << RANK_BITS | rank;
    }
  }
}
