package dev.kmq.index.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class LanesTest {
  private static final int[] SHIFTS = {16, 8, 0, 24};

  private static int channel(int argb, int c) {
    return argb >>> SHIFTS[c] & 0xFF;
  }

  @Property
  void lanesAgreeWithChannels(@ForAll int p, @ForAll int q, @ForAll int r) {
    int distance = 0;
    int fromOnward = 0;
    long onward = Lanes.onward(Lanes.of(p), Lanes.of(q), Lanes.of(r));
    for (int c = 0; c < 4; c++) {
      int sum = channel(p, c) + channel(q, c) - channel(r, c);
      int expected = Math.max(0, Math.min(255, sum));
      assertEquals(channel(p, c), Lanes.get(Lanes.of(p), c));
      assertEquals(expected, Lanes.get(onward, c), "channel " + c);
      distance += Math.abs(channel(p, c) - channel(q, c));
      fromOnward += Math.abs(4 * expected - 4 * channel(q, c));
    }
    assertEquals(distance, Lanes.distance(Lanes.of(p), Lanes.of(q)));
    assertEquals(fromOnward, Lanes.distance(onward << 2, Lanes.of(q) << 2));
  }
}
