package dev.kmq.deflate;

import java.io.IOException;
import java.util.Arrays;

/**
 * The header of a dynamic block: lengths of codes, with runs of them, in a prefix code of their own
 * (RFC 1951, section 3.2.7). Runs and code depend on each other, so they are optimised in turn
 * while the size falls.
 */
final class LengthRuns {
  /** Lengths of 0 to 15, and three kinds of runs. */
  static final int SYMBOLS = 19;

  /** The first kind: repeats the previous length. */
  static final int COPY = 16;

  /** Lengths of the code of these symbols are written in this order. */
  static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

  private static final int LIMIT = 7;
  private static final int ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int RUN_SHIFT = 5;
  private static final int FIRST_COST = 4;

  private final int literals;
  private final int distances;

  /** Each is a symbol, with the number of lengths that it covers in the higher bits. */
  private final int[] runs;

  private final byte[] codeLengths;
  private final int bits;

  /**
   * The smallest header found.
   *
   * @param literalLengths of the 286 literals and lengths
   * @param distanceLengths of the 30 distances
   */
  LengthRuns(byte[] literalLengths, byte[] distanceLengths) {
    literals = used(literalLengths, Symbols.LITERALS, Symbols.END_OF_BLOCK + 1);
    distances = used(distanceLengths, Symbols.DISTANCES, 1);
    byte[] all = Arrays.copyOf(literalLengths, literals + distances);
    System.arraycopy(distanceLengths, 0, all, literals, distances);
    byte[] symbolCosts = new byte[SYMBOLS];
    Arrays.fill(symbolCosts, (byte) FIRST_COST);
    int[] least = {};
    byte[] leastLengths = {};
    int leastBits = Integer.MAX_VALUE;
    while (true) {
      int[] cut = cut(all, symbolCosts);
      byte[] code = codeOf(cut);
      int size = size(cut, code);
      if (size >= leastBits) {
        break;
      }
      least = cut;
      leastLengths = code;
      leastBits = size;
      symbolCosts = symbolCosts(code);
    }
    runs = least;
    codeLengths = leastLengths;
    bits = leastBits;
  }

  private static int used(byte[] lengths, int symbols, int atLeast) {
    int used = symbols;
    while (used > atLeast && lengths[used - 1] == 0) {
      used--;
    }
    return used;
  }

  /** Cuts lengths into the runs of least cost. */
  private static int[] cut(byte[] all, byte[] symbolCosts) {
    int[] costs = new int[all.length + 1];
    int[] choices = new int[all.length];
    int same = 0;
    for (int at = all.length - 1; at >= 0; at--) {
      int length = all[at];
      same = at + 1 < all.length && all[at + 1] == length ? same + 1 : 1;
      costs[at] = costs[at + 1] + symbolCosts[length];
      choices[at] = 1 << RUN_SHIFT | length;
      if (length == 0) {
        cheapest(costs, choices, at, ZEROS, 3, Math.min(same, 10), symbolCosts[ZEROS] + 3);
        cheapest(
            costs, choices, at, MANY_ZEROS, 11, Math.min(same, 138), symbolCosts[MANY_ZEROS] + 7);
      }
      if (at > 0 && all[at - 1] == length) {
        cheapest(costs, choices, at, COPY, 3, Math.min(same, 6), symbolCosts[COPY] + 2);
      }
    }
    int n = 0;
    for (int at = 0; at < all.length; ) {
      int run = choices[at];
      choices[n++] = run;
      at += run >>> RUN_SHIFT;
    }
    return Arrays.copyOf(choices, n);
  }

  private static void cheapest(
      int[] costs, int[] choices, int at, int symbol, int shortest, int longest, int runCost) {
    for (int run = shortest; run <= longest; run++) {
      int cost = costs[at + run] + runCost;
      if (cost < costs[at]) {
        costs[at] = cost;
        choices[at] = run << RUN_SHIFT | symbol;
      }
    }
  }

  /** There are at least two symbols: 257 codes of one length would not be a prefix code. */
  private static byte[] codeOf(int[] runs) {
    int[] counts = new int[SYMBOLS];
    for (int run : runs) {
      counts[run & (1 << RUN_SHIFT) - 1]++;
    }
    byte[] lengths = new byte[SYMBOLS];
    PrefixCode.lengths(counts, 0, SYMBOLS, LIMIT, lengths);
    return lengths;
  }

  /** Symbols without a code cost as much as the longest code. */
  private static byte[] symbolCosts(byte[] codeLengths) {
    byte[] symbolCosts = codeLengths.clone();
    for (int i = 0; i < SYMBOLS; i++) {
      symbolCosts[i] = symbolCosts[i] == 0 ? LIMIT : symbolCosts[i];
    }
    return symbolCosts;
  }

  private static int size(int[] runs, byte[] codeLengths) {
    int size = 5 + 5 + 4 + 3 * listed(codeLengths);
    for (int run : runs) {
      int symbol = run & (1 << RUN_SHIFT) - 1;
      size += codeLengths[symbol] + extra(symbol);
    }
    return size;
  }

  /** Number of lengths of the header's own code that are written, 4 to 19. */
  private static int listed(byte[] codeLengths) {
    int listed = SYMBOLS;
    while (listed > 4 && codeLengths[ORDER[listed - 1]] == 0) {
      listed--;
    }
    return listed;
  }

  /** Extra bits after a symbol. */
  static int extra(int symbol) {
    return symbol == COPY ? 2 : symbol == ZEROS ? 3 : symbol == MANY_ZEROS ? 7 : 0;
  }

  /** The shortest run of a symbol from {@link #COPY} on. */
  static int shortest(int symbol) {
    return symbol == MANY_ZEROS ? 11 : 3;
  }

  /** The size of the header in bits, without the three that every block has. */
  int bits() {
    return bits;
  }

  /** Writes the header. */
  void write(BitOutput out) throws IOException {
    int listed = listed(codeLengths);
    out.write(literals - 257, 5);
    out.write(distances - 1, 5);
    out.write(listed - 4, 4);
    for (int i = 0; i < listed; i++) {
      out.write(codeLengths[ORDER[i]], 3);
    }
    int[] codes = new int[SYMBOLS];
    PrefixCode.codes(codeLengths, SYMBOLS, codes);
    for (int run : runs) {
      int symbol = run & (1 << RUN_SHIFT) - 1;
      out.write(codes[symbol], codeLengths[symbol]);
      if (extra(symbol) > 0) {
        out.write((run >>> RUN_SHIFT) - shortest(symbol), extra(symbol));
      }
    }
  }
}
