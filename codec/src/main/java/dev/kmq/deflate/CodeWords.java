package dev.kmq.deflate;

import java.util.stream.IntStream;

/**
 * The code words of a canonical prefix code, given by their lengths: shorter words come first,
 * those of equal length in the order of their symbols (RFC 1951, section 3.2.2).
 */
final class CodeWords {
  /** Literals and lengths of blocks with fixed codes. */
  static final CodeWords FIXED_LITERALS = new CodeWords(BlockCode.FIXED.literals);

  /** Distances of blocks with fixed codes. */
  static final CodeWords FIXED_DISTANCES = new CodeWords(BlockCode.FIXED.distances);

  private final int[] firstWords = new int[BlockCode.LIMIT + 1];
  private final int[][] symbols = new int[BlockCode.LIMIT + 1][];

  /**
   * The code with these lengths.
   *
   * @param lengths by symbol; 0 for those that have no word
   */
  CodeWords(byte[] lengths) {
    int next = 0;
    for (int length = 1; length <= BlockCode.LIMIT; length++) {
      int wanted = length;
      symbols[length] =
          IntStream.range(0, lengths.length).filter(s -> lengths[s] == wanted).toArray();
      firstWords[length] = next;
      next = next + symbols[length].length << 1;
    }
  }

  /** The symbol of a word of some length, or -1 if there is no such word. */
  int symbol(int length, int word) {
    int place = word - firstWords[length];
    return place < symbols[length].length ? symbols[length][place] : -1;
  }
}
