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
   * Montgomery, Division by Invariant Integers using Multiplication, 1994).
   */
  private static final int RECIPROCAL_BITS = 44;

  private final int[] clusterBases = new int[Contexts.COUNT];
  private final int[] starts;
  private final int[] frequencies;
  private final long[] reciprocals;
  private final int[] rawBits;
  private byte[] bytes = {};
  private int from;
  private long symbolState = LOWEST;
  private long rawState = LOWEST;

  TileEncoder(RansTables tables) {
    int alphabet = tables.alphabet();
    starts = new int[tables.clusters() * alphabet];
    frequencies = new int[tables.clusters() * alphabet];
    reciprocals = new long[tables.clusters() * alphabet];
    for (int cluster = 0; cluster < tables.clusters(); cluster++) {
      int start = 0;
      for (int symbol = 0; symbol < alphabet; symbol++) {
        int frequency = tables.frequency(cluster, symbol);
        int entry = cluster * alphabet + symbol;
        starts[entry] = start;
        frequencies[entry] = frequency;
        reciprocals[entry] = reciprocal(Math.max(1, frequency));
        start += frequency;
      }
    }
    for (int context = 0; context < Contexts.COUNT; context++) {
      clusterBases[context] = tables.cluster(context) * alphabet;
    }
    rawBits = new int[alphabet];
    for (int symbol = Tokens.NEIGHBORS; symbol < alphabet; symbol++) {
      rawBits[symbol] = Tokens.rawBits(symbol - Tokens.NEIGHBORS);
    }
  }

  /** The payload of a tile, or, as soon as there are {@code most} bytes of it, what there is. */
  byte[] encode(ColorRanks ranks, IndexPlane tile, long most) {
    TileSymbols symbols = new TileSymbols(ranks, tile);
    for (int y = tile.height() - 1; y >= 0; y--) {
      symbols.row(y);
      put(symbols.contexts(), symbols.symbols());
      if (bytes.length - from >= most) {
        break;
      }
    }
    reserve(8);
    put(rawState);
    put(symbolState);
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private void put(int[] contexts, int[] symbols) {
    reserve(symbols.length * 2 * 2);
    byte[] target = bytes;
    int to = from;
    long state = symbolState;
    long raw = rawState;
    for (int x = symbols.length - 1; x >= 0; x--) {
      int symbol = TileSymbols.symbol(symbols[x]);
      int bits = rawBits[symbol];
      if (bits > 0) {
        if (raw >>> (32 - bits) != 0) {
          to = put((int) raw, target, to);
          raw >>>= 16;
        }
        raw = raw << bits | TileSymbols.rank(symbols[x]) & (1 << bits) - 1;
      }
      int entry = clusterBases[contexts[x]] + symbol;
      int frequency = frequencies[entry];
      if (state >>> (32 - RansTables.SUM_BITS) >= frequency) {
        to = put((int) state, target, to);
        state >>>= 16;
      }
      long whole = quotient(state, reciprocals[entry]);
      state = (whole << RansTables.SUM_BITS) + state - whole * frequency + starts[entry];
    }
    symbolState = state;
    rawState = raw;
    from = to;
  }

  /** What {@link #quotient} takes for a frequency from 1 to {@link RansTables#SUM}. */
  static long reciprocal(int frequency) {
    return ((1L << RECIPROCAL_BITS) + frequency - 1) / frequency;
  }

  /** A state that has room for a symbol, divided by the symbol's frequency. */
  static long quotient(long state, long reciprocal) {
    return Math.multiplyHigh(state << (64 - RECIPROCAL_BITS), reciprocal);
  }

  private void put(long state) {
    from = put((int) state, bytes, from);
    from = put((int) (state >>> 16), bytes, from);
  }

  /** Puts the low 16 bits before what is there. */
  private static int put(int word, byte[] target, int from) {
    target[from - 1] = (byte) word;
    target[from - 2] = (byte) (word >>> 8);
    return from - 2;
  }

  private void reserve(int room) {
    if (from < room) {
      int used = bytes.length - from;
      byte[] longer = new byte[Math.addExact(2 * used, room)];
      from = longer.length - used;
      System.arraycopy(bytes, bytes.length - used, longer, from, used);
      bytes = longer;
    }
  }
}
