package dev.kmq.deflate;

/** Costs of tokens in a block, in 1/256 bit (Q8). */
final class TokenCosts {
  /** 1 bit. */
  static final int ONE_BIT = 1 << 8;

  private static final int SHIFT = 8;

  /** By byte. */
  final int[] literalsQ8 = new int[256];

  /** By length, with extra bits. */
  final int[] lengthsQ8 = new int[Symbols.MAX_LENGTH + 1];

  /** By symbol of distance, with extra bits. */
  final int[] distancesQ8 = new int[Symbols.DISTANCES];

  /** Sets the costs to those of the symbols of a histogram at their frequencies. */
  void learn(int[] counts) {
    int all = total(counts, 0, Symbols.LITERALS);
    for (int i = 0; i < literalsQ8.length; i++) {
      literalsQ8[i] = costQ8(counts[i], all);
    }
    for (int length = Symbols.MIN_LENGTH; length <= Symbols.MAX_LENGTH; length++) {
      int symbol = Symbols.ofLength(length);
      lengthsQ8[length] = costQ8(counts[symbol], all) + Symbols.lengthExtra(symbol) * ONE_BIT;
    }
    int matches = total(counts, Histogram.DISTANCES_AT, Symbols.DISTANCES);
    for (int i = 0; i < distancesQ8.length; i++) {
      int cost = costQ8(counts[Histogram.DISTANCES_AT + i], matches);
      distancesQ8[i] = cost + Symbols.distanceExtra(i) * ONE_BIT;
    }
  }

  private static int total(int[] counts, int at, int symbols) {
    int total = 0;
    for (int i = 0; i < symbols; i++) {
      total += counts[at + i];
    }
    return total;
  }

  /** A symbol that did not occur costs one bit more than one that occurred once. */
  private static int costQ8(int count, int all) {
    int log = count == 0 ? -Log2.ONE : Log2.of(count);
    int bits = Log2.of(Math.max(all, 1)) - log;
    return Math.max(bits + (1 << SHIFT - 1) >> SHIFT, ONE_BIT / 2);
  }
}
