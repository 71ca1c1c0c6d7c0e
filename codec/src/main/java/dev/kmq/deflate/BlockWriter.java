package dev.kmq.deflate;

import java.io.IOException;
import java.util.Arrays;

/** Writes blocks in whichever of the three forms is the smallest (RFC 1951, section 3.2.3). */
final class BlockWriter {
  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;
  private static final int MAX_STORED = 65535;

  private final BitOutput out;
  private final int[] counts = new int[Histogram.SIZE];

  BlockWriter(BitOutput out) {
    this.out = out;
  }

  /**
   * Writes a block.
   *
   * @param tokens the tokens of the block, from {@code from} to {@code to}
   * @param window the bytes they encode, {@code length} bytes from {@code at} on
   * @param last whether it is the final block
   */
  void write(int[] tokens, int from, int to, byte[] window, int at, int length, boolean last)
      throws IOException {
    Arrays.fill(counts, 0);
    Histogram.add(tokens, from, to, counts, 0);
    counts[Symbols.END_OF_BLOCK]++;
    long extra = Histogram.extraBits(counts);
    BlockCode code = BlockCode.of(counts);
    LengthRuns header = new LengthRuns(code.literals, code.distances);
    long dynamicBits = header.bits() + code.bits(counts) + extra;
    long fixedBits = BlockCode.FIXED.bits(counts) + extra;
    if (storedBits(length) < Math.min(dynamicBits, fixedBits)) {
      store(window, at, length, last);
      return;
    }
    out.write(last ? 1 : 0, 1);
    if (fixedBits <= dynamicBits) {
      out.write(FIXED, 2);
      write(tokens, from, to, BlockCode.FIXED);
    } else {
      out.write(DYNAMIC, 2);
      header.write(out);
      write(tokens, from, to, code);
    }
  }

  private long storedBits(int length) {
    int blocks = Math.max(1, (length + MAX_STORED - 1) / MAX_STORED);
    int padding = -(out.odd() + 3) & 7;
    return padding + 32 + (blocks - 1) * 40L + 8L * length;
  }

  private void store(byte[] window, int at, int length, boolean last) throws IOException {
    int left = length;
    do {
      int n = Math.min(left, MAX_STORED);
      out.write(last && n == left ? 1 : 0, 1);
      out.write(STORED, 2);
      out.align();
      out.write(n, 16);
      out.write(~n & 0xFFFF, 16);
      out.write(window, at + length - left, n);
      left -= n;
    } while (left > 0);
  }

  private void write(int[] tokens, int from, int to, BlockCode code) throws IOException {
    int[] literals = new int[code.literals.length];
    int[] distances = new int[code.distances.length];
    PrefixCode.codes(code.literals, literals.length, literals);
    PrefixCode.codes(code.distances, distances.length, distances);
    for (int i = from; i < to; i++) {
      int token = tokens[i];
      if (Token.isLiteral(token)) {
        out.write(literals[token], code.literals[token]);
      } else {
        int length = Token.length(token);
        int symbol = Symbols.ofLength(length);
        out.write(literals[symbol], code.literals[symbol]);
        out.write(length - Symbols.firstLength(symbol), Symbols.lengthExtra(symbol));
        int slot = Token.slot(token);
        out.write(distances[slot], code.distances[slot]);
        out.write(Token.distance(token) - Symbols.firstDistance(slot), Symbols.distanceExtra(slot));
      }
    }
    out.write(literals[Symbols.END_OF_BLOCK], code.literals[Symbols.END_OF_BLOCK]);
  }
}
