package dev.kmq.deflate;

import java.util.Arrays;

/** Lengths of the codes of a block. */
final class BlockCode {
  static final int LIMIT = 15;
  static final BlockCode FIXED = fixed();

  final byte[] literals = new byte[288];
  final byte[] distances = new byte[32];

  /** The codes of least total size for a histogram. */
  static BlockCode of(int[] counts) {
    BlockCode code = new BlockCode();
    PrefixCode.lengths(counts, 0, Symbols.LITERALS, LIMIT, code.literals);
    PrefixCode.lengths(counts, Histogram.DISTANCES_AT, Symbols.DISTANCES, LIMIT, code.distances);
    return code;
  }

  /** RFC 1951, section 3.2.6. */
  private static BlockCode fixed() {
    BlockCode code = new BlockCode();
    Arrays.fill(code.literals, 0, 144, (byte) 8);
    Arrays.fill(code.literals, 144, 256, (byte) 9);
    Arrays.fill(code.literals, 256, 280, (byte) 7);
    Arrays.fill(code.literals, 280, 288, (byte) 8);
    Arrays.fill(code.distances, (byte) 5);
    return code;
  }

  /** Size of all symbols of a histogram in this code, in bits. */
  long bits(int[] counts) {
    long bits = 0;
    for (int i = 0; i < Symbols.LITERALS; i++) {
      bits += (long) counts[i] * literals[i];
    }
    for (int i = 0; i < Symbols.DISTANCES; i++) {
      bits += (long) counts[Histogram.DISTANCES_AT + i] * distances[i];
    }
    return bits;
  }
}
