package dev.kmq.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PrefixCodeTest {
  private static final long NONE = Long.MAX_VALUE / 2;

  /** Counts of very different sizes, some of them 0, so that length limits apply. */
  private static int[] counts(int symbols, Random random) {
    int[] counts = new int[symbols];
    for (int i = 0; i < symbols; i++) {
      counts[i] = random.nextInt(5) == 0 ? 0 : 1 + (random.nextInt() >>> 4 + random.nextInt(28));
    }
    return counts;
  }

  private static long bits(int[] counts, byte[] lengths) {
    long bits = 0;
    for (int i = 0; i < counts.length; i++) {
      bits += (long) counts[i] * lengths[i];
    }
    return bits;
  }

  /**
   * The least bits for sorted counts from {@code at} on, by exhaustive search; each code takes
   * 2^-length of the remaining unit.
   */
  private static long least(int[] counts, int at, int left, int limit) {
    if (at == counts.length) {
      return left == 0 ? 0 : NONE;
    }
    long least = NONE;
    for (int length = 1; length <= limit; length++) {
      if (1 << limit - length <= left) {
        long rest = least(counts, at + 1, left - (1 << limit - length), limit);
        least = Math.min(least, (long) counts[at] * length + rest);
      }
    }
    return least;
  }

  @Property(tries = 200)
  void noCodeIsCheaper(@ForAll @IntRange(min = 2, max = 7) int symbols, @ForAll long seed) {
    Random random = new Random(seed);
    int[] counts = counts(symbols, random);
    int[] used = Arrays.stream(counts).filter(c -> c > 0).toArray();
    int limit = 3 + random.nextInt(3);
    byte[] lengths = new byte[symbols];
    PrefixCode.lengths(counts, 0, symbols, limit, lengths);
    if (used.length > 1) {
      assertEquals(least(used, 0, 1 << limit, limit), bits(counts, lengths));
    }
  }

  @Property(tries = 300)
  void codesAreCompleteAndFitTheLimit(
      @ForAll @IntRange(min = 2, max = 286) int symbols, @ForAll long seed) {
    int[] counts = counts(symbols, new Random(seed));
    counts[0] = 1;
    counts[symbols - 1] = 1;
    int limit = symbols <= 19 ? 7 : 15;
    byte[] lengths = new byte[symbols];
    PrefixCode.lengths(counts, 0, symbols, limit, lengths);
    int unit = 0;
    for (int i = 0; i < symbols; i++) {
      assertEquals(counts[i] > 0, lengths[i] > 0);
      assertTrue(lengths[i] <= limit);
      unit += lengths[i] > 0 ? 1 << limit - lengths[i] : 0;
    }
    assertEquals(1 << limit, unit);
  }

  @Test
  void aSymbolAloneTakesABitAndNoneTakesNone() {
    byte[] lengths = {9, 9, 9};
    PrefixCode.lengths(new int[] {7, 0, 5, 0}, 1, 3, 15, lengths);
    assertArrayEquals(new byte[] {0, 1, 0}, lengths);
    PrefixCode.lengths(new int[3], 0, 3, 15, lengths);
    assertArrayEquals(new byte[3], lengths);
  }

  /** The example of RFC 1951, section 3.2.2. */
  @Test
  void codesAreCanonical() {
    int[] codes = new int[8];
    PrefixCode.codes(new byte[] {3, 3, 3, 3, 3, 2, 4, 4}, 8, codes);
    String[] expected = {"010", "011", "100", "101", "110", "00", "1110", "1111"};
    for (int i = 0; i < 8; i++) {
      String reversed = new StringBuilder(expected[i]).reverse().toString();
      assertEquals(Integer.parseInt(reversed, 2), codes[i]);
    }
  }
}
