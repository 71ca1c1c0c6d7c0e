package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.concurrent.Work;
import dev.kmq.image.PixelSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColorSumTest {
  private static final Work WORK = Work.onThreads(1);

  /** All colours of some alphas and reds. */
  private static ColorSum part(int alpha, int reds) {
    int[] argb = new int[reds << 16];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = alpha << 24 | i;
    }
    return ColorSum.of(ColorHistogram.of(PixelSource.of(1 << 8, reds << 8, argb)));
  }

  private static ColorSum sum(List<ColorSum> parts) {
    ColorSum.Builder sum = new ColorSum.Builder();
    parts.forEach(part -> sum.add(part, WORK));
    return sum.build(WORK);
  }

  @Test
  void tooManyTranslucentColoursAreJoinedInAnyOrder() {
    List<ColorSum> parts = new ArrayList<>();
    for (int alpha : new int[] {0, 1, 2, 7, 200, 253, 254, 255}) {
      parts.add(part(alpha, 16));
    }
    ColorSum first = sum(parts);
    Collections.reverse(parts);
    ColorSum second = sum(parts);
    assertTrue(first.size() <= ColorSum.MOST_TRANSLUCENT + (1 << 20) + 1);
    assertEquals(1, first.bits());
    assertArrayEquals(bytes(first), bytes(second));
    ColorHistogram all = first.histogram();
    assertTrue(all.isJoined());
    long pixels = 0;
    for (int i = 0; i < all.size(); i++) {
      pixels += all.count(i);
      assertTrue(i == 0 || ColorHistogram.key(all.argb(i - 1)) < ColorHistogram.key(all.argb(i)));
    }
    assertEquals(8L << 20, pixels);
    assertArrayEquals(bytes(first), bytes(ColorSumBytes.read(bytes(first), 0).sum()));
  }

  private static byte[] bytes(ColorSum sum) {
    return ColorSumBytes.write(new byte[0], 1, sum);
  }
}
