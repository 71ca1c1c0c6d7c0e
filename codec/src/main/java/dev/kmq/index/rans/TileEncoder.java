package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import java.util.Arrays;

/**
 * Codes a tile from its last pixel to its first, which is the order in which rANS encoders work,
 * filling a buffer from its end (specification, section Payload; Duda, arXiv 1311.2540).
 */
final class TileEncoder {
  static final long LOWEST = 1 << 16;

  /**
   * Reciprocals are 2 to this, divided by a frequency and rounded up. With a state below frequency
   * * 2^20 the error of a quotient stays below 1 / frequency, so that it is exact (Granlund and
   * Montgomery, Division by Invariant Integers using Multiplication, 1994), and the product below
   * 2^64.
   */
  private static final int RECIPROCAL_BITS = 44;

  private static final int START_SHIFT = 16;

  /** Number of symbols between two checks of the size. */
  private static final int CHUNK = 1 << 14;

  private final RansTables tables;
  private final int[] clusterBases = new int[Contexts.ALL];
  private final int[] intervals;
  private final long[] reciprocals;
  private final int[] rawBits;
  private char[] words = {};
  private int from;
  private long symbolState = LOWEST;
  private long rawState = LOWEST;

  TileEncoder(RansTables tables) {
    this.tables = tables;
    int alphabet = tables.alphabet();
    intervals = new int[tables.clusters() * alphabet];
    reciprocals = new long[tables.clusters() * alphabet];
    for (int cluster = 0; cluster < tables.clusters(); cluster++) {
      int start = 0;
      for (int symbol = 0; symbol < alphabet; symbol++) {
        int frequency = tables.frequency(cluster, symbol);
        int entry = cluster * alphabet + symbol;
        intervals[entry] = start << START_SHIFT | frequency;
        reciprocals[entry] = reciprocal(Math.max(1, frequency));
        start += frequency;
      }
    }
    for (int context = 0; context < Contexts.ALL; context++) {
      clusterBases[context] = tables.cluster(context) * alphabet;
    }
    rawBits = new int[alphabet];
    for (int symbol = Tokens.NEIGHBORS; symbol < alphabet; symbol++) {
      rawBits[symbol] = Tokens.rawBits(symbol - Tokens.NEIGHBORS);
    }
  }

  /** The payload of a tile; encoding stops once it has {@code most} bytes. */
  byte[] encode(ColorRanks ranks, IndexPlane tile, long most) {
    TileSymbols symbols = new TileSymbols(ranks, tile);
    if (tables.remembers(tile.width(), tile.height())) {
      putRemembered(new MemorySymbols(ranks, tile, symbols), symbols, tile.height(), most);
    } else {
      for (int y = tile.height() - 1; y >= 0 && !isLong(most); y--) {
        symbols.row(y);
        put(symbols.contexts(), symbols.symbols(), 0, tile.width());
      }
    }
    reserve(4);
    put(rawState);
    put(symbolState);
    return bytes();
  }

  private boolean isLong(long most) {
    return 2L * (words.length - from) >= most;
  }

  /** Memory needs the rows from first to last, so all symbols are collected before coding. */
  private void putRemembered(MemorySymbols symbols, TileSymbols plain, int rows, long most) {
    int[] contexts = {};
    int[] packed = {};
    int count = 0;
    for (int y = 0; y < rows; y++) {
      plain.row(y);
      symbols.row(y);
      if (count + symbols.count() > contexts.length) {
        int longer = Math.max(2 * count, count + symbols.count());
        contexts = Arrays.copyOf(contexts, longer);
        packed = Arrays.copyOf(packed, longer);
      }
      System.arraycopy(symbols.contexts(), 0, contexts, count, symbols.count());
      System.arraycopy(symbols.symbols(), 0, packed, count, symbols.count());
      count += symbols.count();
    }
    for (int end = count; end > 0 && !isLong(most); end -= CHUNK) {
      put(contexts, packed, Math.max(0, end - CHUNK), end);
    }
  }

  /** Branch-free: a symbol without raw bits leaves the raw state unchanged. */
  private void put(int[] contexts, int[] symbols, int first, int end) {
    reserve((end - first) * 2);
    char[] target = words;
    int to = from;
    long state = symbolState;
    long raw = rawState;
    for (int x = end - 1; x >= first; x--) {
      int symbol = TileSymbols.symbol(symbols[x]);
      int bits = rawBits[symbol];
      if (raw >>> (32 - bits) != 0) {
        target[--to] = (char) raw;
        raw >>>= 16;
      }
      raw = raw << bits | TileSymbols.rank(symbols[x]) & (1 << bits) - 1;
      int entry = clusterBases[contexts[x]] + symbol;
      int interval = intervals[entry];
      int frequency = interval & (1 << START_SHIFT) - 1;
      if (state >>> (32 - RansTables.SUM_BITS) >= frequency) {
        target[--to] = (char) state;
        state >>>= 16;
      }
      long whole = quotient(state, reciprocals[entry]);
      state += whole * (RansTables.SUM - frequency) + (interval >>> START_SHIFT);
    }
    symbolState = state;
    rawState = raw;
    from = to;
  }

  /** The reciprocal for {@link #quotient} of a frequency from 1 to {@link RansTables#SUM}. */
  static long reciprocal(int frequency) {
    return ((1L << RECIPROCAL_BITS) + frequency - 1) / frequency;
  }

  /** A state that has room for a symbol, divided by the symbol's frequency. */
  static long quotient(long state, long reciprocal) {
    return state * reciprocal >>> RECIPROCAL_BITS;
  }

  private void put(long state) {
    words[--from] = (char) state;
    words[--from] = (char) (state >>> 16);
  }

  private void reserve(int room) {
    if (from < room) {
      int used = words.length - from;
      char[] longer = new char[Math.addExact(Math.multiplyExact(2, used), room)];
      from = longer.length - used;
      System.arraycopy(words, words.length - used, longer, from, used);
      words = longer;
    }
  }

  private byte[] bytes() {
    byte[] bytes = new byte[Math.multiplyExact(2, words.length - from)];
    for (int i = 0; i < bytes.length / 2; i++) {
      char word = words[from + i];
      bytes[2 * i] = (byte) (word >>> 8);
      bytes[2 * i + 1] = (byte) word;
    }
    return bytes;
  }
}
