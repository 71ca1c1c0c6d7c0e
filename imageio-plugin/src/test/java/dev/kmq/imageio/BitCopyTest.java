package dev.kmq.imageio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compared with copying one bit at a time. */
final class BitCopyTest {
  @Property(tries = 500)
  void copiesTheBitsAndNothingElse(
      @ForAll @IntRange(max = 100) int from,
      @ForAll @IntRange(max = 100) int to,
      @ForAll @IntRange(max = 400) int n,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] source = new byte[(from + n + 7) / 8 + BitCopy.SLACK];
    byte[] target = new byte[(to + n + 7) / 8 + 3];
    random.nextBytes(source);
    random.nextBytes(target);
    byte[] before = target.clone();
    BitCopy.copy(source, from, target, to, n);
    for (int bit = 0; bit < 8 * target.length; bit++) {
      boolean within = bit >= to && bit < to + n;
      int expected = within ? bit(source, bit - to + from) : bit(before, bit);
      assertEquals(expected, bit(target, bit), "bit " + bit);
    }
  }

  private static int bit(byte[] bytes, int i) {
    return bytes[i >> 3] >> (7 - (i & 7)) & 1;
  }
}
