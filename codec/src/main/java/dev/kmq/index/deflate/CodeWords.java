package dev.kmq.index.deflate;

import java.util.stream.IntStream;

/**
 * The words of a prefix code that is given by the lengths of its words: shorter words come first,
 * those of one length in the order of their symbols (RFC 1951, section 3.2.2).
 */
final class CodeWords {
  /** Literals and lengths of blocks with fixed codes. */
  static final CodeWords FIXED_LITERALS =
      new CodeWords(
          IntStream.range(0, 288).map(s -> s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8).toArray());

  /** Distances of blocks with fixed codes. */
  static final CodeWords FIXED_DISTANCES =
      new CodeWords(IntStream.generate(() -> 5).limit(30).toArray());

  private static final int LONGEST = 15;

  private final int[] firstWords = new int[LONGEST + 1];
  private final int[][] symbols = new int[LONGEST + 1][];

  /**
   * The code with these lengths.
   *
   * @param lengths by symbol; 0 for those that have no word
   */
  CodeWords(int[] lengths) {
    int next = 0;
    for (int length = 1; length <= LONGEST; length++) {
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
