package dev.kmq.deflate;

/** What tokens cost in a block, in 1/256 bit. */
final class Prices {
  /** The number that stands for 1 bit. */
  static final int ONE = 1 << 8;

  private static final int SHIFT = 8;

  /** By byte. */
  final int[] literals = new int[256];

  /** By length, with extra bits. */
  final int[] lengths = new int[Symbols.MAX_LENGTH + 1];

  /** By symbol of distance, with extra bits. */
  final int[] distances = new int[Symbols.DISTANCES];

  /** Sets the prices to what the symbols of a histogram take at their frequencies. */
  void learn(int[] counts) {
    int all = total(counts, 0, Symbols.LITERALS);
    for (int i = 0; i < literals.length; i++) {
      literals[i] = price(counts[i], all);
    }
    for (int length = Symbols.MIN_LENGTH; length <= Symbols.MAX_LENGTH; length++) {
      int symbol = Symbols.ofLength(length);
      lengths[length] = price(counts[symbol], all) + Symbols.lengthExtra(symbol) * ONE;
    }
    int matches = total(counts, Histogram.DISTANCES_AT, Symbols.DISTANCES);
    for (int i = 0; i < distances.length; i++) {
      int price = price(counts[Histogram.DISTANCES_AT + i], matches);
      distances[i] = price + Symbols.distanceExtra(i) * ONE;
    }
  }

  private static int total(int[] counts, int at, int symbols) {
    int total = 0;
    for (int i = 0; i < symbols; i++) {
      total += counts[at + i];
    }
    return total;
  }

  /** A symbol that did not occur costs a bit more than one that did once. */
  private static int price(int count, int all) {
    int log = count == 0 ? -Log2.ONE : Log2.of(count);
    int bits = Log2.of(Math.max(all, 1)) - log;
    return Math.max(bits + (1 << SHIFT - 1) >> SHIFT, ONE / 2);
  }
}
