package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class PackedColorsTest {
  private static final int[] SHIFTS = {16, 8, 0, 24};

  private static int channel(int argb, int c) {
    return argb >>> SHIFTS[c] & 0xFF;
  }

  @Property
  void lanesAgreeWithChannels(@ForAll int p, @ForAll int q, @ForAll int r) {
    int distance = 0;
    int fromGradient = 0;
    long gradient =
        PackedColors.gradient(PackedColors.of(p), PackedColors.of(q), PackedColors.of(r));
    for (int c = 0; c < 4; c++) {
      int sum = channel(p, c) + channel(q, c) - channel(r, c);
      int expected = Math.max(0, Math.min(255, sum));
      assertEquals(channel(p, c), PackedColors.get(PackedColors.of(p), c));
      assertEquals(expected, PackedColors.get(gradient, c), "channel " + c);
      distance += Math.abs(channel(p, c) - channel(q, c));
      fromGradient += Math.abs(4 * expected - 4 * channel(q, c));
    }
    assertEquals(distance, PackedColors.distance(PackedColors.of(p), PackedColors.of(q)));
    assertEquals(fromGradient, PackedColors.distance(gradient << 2, PackedColors.of(q) << 2));
  }
}
