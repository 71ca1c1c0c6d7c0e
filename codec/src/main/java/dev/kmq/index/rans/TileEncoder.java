package dev.kmq.index.rans;

import dev.kmq.image.IndexPlane;
import java.util.Arrays;

/**
 * Codes a tile from its last pixel to its first, which is the order in which rANS encoders work,
 * filling a buffer from its end (specification, section Payload; Duda, arXiv 1311.2540).
 */
final class TileEncoder {
  static final long LOWEST = 1 << 16;

  private final RansTables tables;
  private final int[] starts;
  private final int[] frequencies;
  private final int alphabet;
  private final int[] rawBits;
  private byte[] bytes = new byte[1 << 12];
  private int from = bytes.length;
  private long symbolState = LOWEST;
  private long rawState = LOWEST;

  TileEncoder(RansTables tables) {
    this.tables = tables;
    alphabet = tables.alphabet();
    starts = new int[tables.clusters() * alphabet];
    frequencies = new int[tables.clusters() * alphabet];
    for (int cluster = 0; cluster < tables.clusters(); cluster++) {
      int start = 0;
      for (int symbol = 0; symbol < alphabet; symbol++) {
        starts[cluster * alphabet + symbol] = start;
        frequencies[cluster * alphabet + symbol] = tables.frequency(cluster, symbol);
        start += tables.frequency(cluster, symbol);
      }
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
    put((int) rawState);
    put((int) (rawState >>> 16));
    put((int) symbolState);
    put((int) (symbolState >>> 16));
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private void put(short[] contexts, int[] symbols) {
    for (int x = symbols.length - 1; x >= 0; x--) {
      int symbol = TileSymbols.symbol(symbols[x]);
      int bits = rawBits[symbol];
      if (bits > 0) {
        if (rawState >>> (32 - bits) != 0) {
          put((int) rawState);
          rawState >>>= 16;
        }
        rawState = rawState << bits | TileSymbols.raw(symbols[x]);
      }
      int entry = tables.cluster(contexts[x]) * alphabet + symbol;
      long frequency = frequencies[entry];
      if (symbolState >>> (32 - RansTables.SUM_BITS) >= frequency) {
        put((int) symbolState);
        symbolState >>>= 16;
      }
      long whole = symbolState / frequency;
      symbolState =
          (whole << RansTables.SUM_BITS) + symbolState - whole * frequency + starts[entry];
    }
  }

  /** Puts the low 16 bits before what is there. */
  private void put(int word) {
    if (from < 2) {
      byte[] longer = new byte[2 * bytes.length];
      System.arraycopy(bytes, from, longer, from + bytes.length, bytes.length - from);
      from += bytes.length;
      bytes = longer;
    }
    bytes[--from] = (byte) word;
    bytes[--from] = (byte) (word >>> 8);
  }
}
