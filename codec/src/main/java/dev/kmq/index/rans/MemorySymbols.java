package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;

/**
 * The encoder's view of a tile that is coded with memory: contexts and symbols in the order of the
 * decoder, a row at a time, from the first to the last.
 */
final class MemorySymbols {
  private static final int RANK_BITS = 16;

  /** Maximum number of symbols per pixel: of its block, of the prediction, and its own. */
  private static final int MOST = 3;

  /** Approximate cost of a miss and saving of a hit, in units of 8 bits. */
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
   * @param plain symbols of the same tile without memory; its rows advance together with these
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

  /**
   * Computes the symbols of the current row of {@code plain}, which must be the one below the last.
   */
  void row(int y) {
    int[] plainContexts = plain.contexts();
    int[] plainSymbols = plain.symbols();
    char[] cells = memory.cells();
    int width = plainContexts.length;
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
        boolean hit = cells[first + x] == memory.expected();
        add(memory.context(x), (hit ? Memory.HIT : Memory.MISS) << RANK_BITS);
        if (hit) {
          memory.hit(x);
          merit += merit(x);
          continue;
        }
        merit -= MISS_MERIT;
      }
      memory.settle(x, cells[first + x]);
      add(plainContexts[x], plainSymbols[x]);
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

  /** Approximate saving by memory so far; negative if it costs more than it saves. */
  long merit() {
    return merit;
  }
}
