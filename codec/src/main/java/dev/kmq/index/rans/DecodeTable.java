package dev.kmq.index.rans;

import java.util.Arrays;

/**
 * The tables in the form for decoding. Only the symbol is on the critical path, so symbols have a
 * byte array of their own, which fits into caches; {@code ContextMethodBenchmark} shows the rate.
 */
final class DecodeTable {
  private static final int SYMBOL_BITS = 6;
  private static final int START_SHIFT = 16;

  private final RansTables tables;
  private final byte[] symbols;
  private final int[] entries;
  private final byte[] clusters;

  DecodeTable(RansTables tables) {
    this.tables = tables;
    symbols = new byte[tables.clusters() << RansTables.SUM_BITS];
    entries = new int[tables.clusters() << SYMBOL_BITS];
    int slot = 0;
    for (int cluster = 0; cluster < tables.clusters(); cluster++) {
      int start = 0;
      for (int symbol = 0; symbol < tables.alphabet(); symbol++) {
        int frequency = tables.frequency(cluster, symbol);
        entries[cluster << SYMBOL_BITS | symbol] = start << START_SHIFT | frequency;
        Arrays.fill(symbols, slot, slot + frequency, (byte) symbol);
        slot += frequency;
        start += frequency;
      }
    }
    clusters = tables.clustersByContext();
  }

  /** Whether a tile of this size is coded with {@link Memory}. */
  boolean remember(int width, int height) {
    return tables.remembers(width, height);
  }

  /** The symbol of each of the {@link RansTables#SUM} slots of a cluster, cluster after cluster. */
  byte[] symbols() {
    return symbols;
  }

  /** Where symbols begin and how frequent they are, for {@link #next}. */
  int[] entries() {
    return entries;
  }

  /** The cluster of each context. */
  byte[] clusters() {
    return clusters;
  }

  /** The state after a symbol has been decoded from it. */
  static int next(int state, int[] entries, int cluster, int symbol) {
    int entry = entries[cluster << SYMBOL_BITS | symbol];
    int frequency = entry & (1 << START_SHIFT) - 1;
    return frequency * (state >>> RansTables.SUM_BITS)
        + (state & RansTables.SUM - 1)
        - (entry >>> START_SHIFT);
  }
}
