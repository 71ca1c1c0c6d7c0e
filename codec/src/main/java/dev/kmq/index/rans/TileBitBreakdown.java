package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import java.util.List;

/** Cost of the symbols of a tile at the frequencies of its tables, by part. */
final class TileBitBreakdown {
  /** The parts on which method 2 spends bits: the shared tables, then each tile. */
  static final List<String> PARTS =
      List.of(
          "tables: clusters",
          "tables: frequencies",
          "symbol 0 (W)",
          "symbol 1 (N)",
          "symbol 2 (NE)",
          "symbol 3 (NW)",
          "tokens",
          "raw bits",
          "hits and misses of the memory",
          "states");

  static final int CLUSTERS = 0;
  static final int FREQUENCIES = 1;

  /** The rest of the payload: the initial states, less the information on symbols in them. */
  static final int STATES = 9;

  private static final int SYMBOLS = 2;
  private static final int TOKENS = SYMBOLS + Tokens.NEIGHBORS;
  private static final int RAW_BITS = TOKENS + 1;
  private static final int MEMORY = RAW_BITS + 1;
  private static final double LN_2 = StrictMath.log(2);

  private final RansTables tables;
  private final double[] logs = new double[RansTables.SUM + 1];

  TileBitBreakdown(RansTables tables) {
    this.tables = tables;
    for (int frequency = 1; frequency <= RansTables.SUM; frequency++) {
      logs[frequency] = StrictMath.log((double) RansTables.SUM / frequency) / LN_2;
    }
  }

  /** Bits by number of the part; 0 for tables and states. */
  double[] of(ColorRanks ranks, IndexPlane tile) {
    double[] bits = new double[PARTS.size()];
    TileSymbols symbols = new TileSymbols(ranks, tile);
    boolean remembers = tables.remembers(tile.width(), tile.height());
    MemorySymbols memory = remembers ? new MemorySymbols(ranks, tile, symbols) : null;
    for (int y = 0; y < tile.height(); y++) {
      symbols.row(y);
      if (memory != null) {
        memory.row(y);
        add(memory.contexts(), memory.symbols(), memory.count(), bits);
      } else {
        add(symbols.contexts(), symbols.symbols(), tile.width(), bits);
      }
    }
    return bits;
  }

  private void add(int[] contexts, int[] symbols, int count, double[] bits) {
    for (int i = 0; i < count; i++) {
      int symbol = TileSymbols.symbol(symbols[i]);
      double log = logs[tables.frequency(tables.cluster(contexts[i]), symbol)];
      if (contexts[i] >= Contexts.COUNT) {
        bits[MEMORY] += log;
        continue;
      }
      bits[Math.min(SYMBOLS + symbol, TOKENS)] += log;
      if (symbol >= Tokens.NEIGHBORS) {
        bits[RAW_BITS] += Tokens.rawBits(symbol - Tokens.NEIGHBORS);
      }
    }
  }
}
