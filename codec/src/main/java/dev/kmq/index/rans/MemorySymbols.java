package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;

/**
 * The encoder's view of a tile that is coded with memory: contexts and symbols in the order of the
 * decoder, a row at a time, from the first to the last.
 */
final class MemorySymbols {
  private static final int RANK_BITS = 16;

  /** Symbols of a pixel at most: of its block, whether it is as expected, and its own. */
  private static final int MOST = 3;

  /** About what a miss costs, and what a hit saves by the pixel's own symbol, in bits / 8. */
  private static final int MISS_MERIT = 16;

  private static final int[] HIT_MERITS = {1, 8, 8, 8, 40};

  private final ColorRanks ranks;
  private final IndexPlane tile;
  private final TileSymbols plain;
  private final Memory memory;
  private final int[] positions;
  private final int[] contexts;
  private final int[] symbols;
  private int count;
  private long merit;

  /**
   * Prepares to walk through a tile.
   *
   * @param plain symbols of the same tile without memory; rows go along with those here
   */
  MemorySymbols(ColorRanks ranks, IndexPlane tile, TileSymbols plain) {
    this.ranks = ranks;
    this.tile = tile;
    this.plain = plain;
    positions = Contexts.row(tile.width());
    memory = new Memory(tile.width(), tile.height());
    contexts = new int[MOST * tile.width()];
    symbols = new int[MOST * tile.width()];
  }

  private void load(int y) {
    TileSymbols.load(ranks, tile, y, positions);
    char[] cells = memory.cells();
    int first = memory.firstCell(y) - Contexts.LEFT;
    for (int i = 0; i < positions.length; i++) {
      cells[first + i] = (char) positions[i];
    }
  }

  /** Works out the row that {@code plain} has at hand, which is the one below the last. */
  void row(int y) {
    int width = plain.contexts().length;
    int first = memory.firstCell(y);
    count = 0;
    load(y);
    memory.startRow(y);
    for (int x = 0; x < width; x++) {
      memory.look(x);
      if (memory.expects()) {
        int block = memory.block(x);
        if (block > 0 && isCopied(x, block)) {
          x += block - 1;
          continue;
        }
        boolean hit = memory.cells()[first + x] == memory.expected();
        add(memory.context(x), (hit ? Memory.HIT : Memory.MISS) << RANK_BITS);
        if (hit) {
          memory.hit(x);
          merit += merit(x);
          continue;
        }
        merit -= MISS_MERIT;
      }
      memory.settle(x, memory.cells()[first + x]);
      add(plain.contexts()[x], plain.symbols()[x]);
    }
  }

  private boolean isCopied(int x, int block) {
    boolean copied = memory.isBlockExpected(block);
    add(memory.blockContext(block), (copied ? Memory.HIT : Memory.MISS) << RANK_BITS);
    if (copied) {
      memory.copyBlock(x, block);
      for (int i = x; i < x + block; i++) {
        merit += merit(i);
      }
    } else {
      memory.refuseBlock(x, block);
    }
    return copied;
  }

  private int merit(int x) {
    return HIT_MERITS[Math.min(Tokens.NEIGHBORS, TileSymbols.symbol(plain.symbols()[x]))];
  }

  private void add(int context, int symbol) {
    contexts[count] = context;
    symbols[count++] = symbol;
  }

  /** The number of symbols of the row. */
  int count() {
    return count;
  }

  /** The contexts of the row's symbols, {@link #count} of them. */
  int[] contexts() {
    return contexts;
  }

  /** The row's symbols as {@link TileSymbols#symbols} packs them. */
  int[] symbols() {
    return symbols;
  }

  /** About what memory has saved so far; below 0 if it costs more. */
  long merit() {
    return merit;
  }
}
