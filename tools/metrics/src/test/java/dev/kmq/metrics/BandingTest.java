package dev.kmq.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kmq.image.PixelSource;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class BandingTest {
  private static final int SIDE = 64;

  private static PixelSource image(IntBinaryOperator argb) {
    int[] pixels = new int[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = argb.applyAsInt(i % SIDE, i / SIDE);
    }
    return PixelSource.of(SIDE, SIDE, pixels);
  }

  private static int grey(int level) {
    return 0xFF000000 | level * 0x010101;
  }

  @Test
  void eachEdgeOfABandCountsOnce() {
    PixelSource down = image((x, y) -> grey(2 * y));
    assertEquals(3 / 64.0, Banding.share(down, image((x, y) -> grey(32 * (y / 16)))));
    PixelSource across = image((x, y) -> grey(2 * x));
    assertEquals(3 / 64.0, Banding.share(across, image((x, y) -> grey(32 * (x / 16)))));
    assertEquals(0, Banding.share(down, down));
  }

  @Test
  void smallStepsDoNotCount() {
    PixelSource slow = image((x, y) -> grey(y));
    assertEquals(0, Banding.share(slow, image((x, y) -> grey(y / 4 * 4))));
    assertEquals(12 / 64.0, Banding.share(slow, image((x, y) -> grey(y / 5 * 5))));
  }

  @Test
  void stepsOfTheOriginalAndItsGrainDoNotCount() {
    PixelSource steps = image((x, y) -> grey(y / 16 * 32));
    assertEquals(0, Banding.share(steps, steps));
    Random random = new Random(1);
    PixelSource noise = image((x, y) -> grey(y + (x + y) % 2 * (3 + random.nextInt(9))));
    assertEquals(0, Banding.share(noise, image((x, y) -> grey(y / 16 * 16))));
  }

  @Test
  void shadowsHaveBandsOfAlpha() {
    PixelSource shadow = image((x, y) -> 2 * y << 24);
    assertEquals(3 / 64.0, Banding.share(shadow, image((x, y) -> 32 * (y / 16) << 24)));
    PixelSource unseen = image((x, y) -> 0x00FF0000);
    assertEquals(0, Banding.share(unseen, image((x, y) -> x % 2 == 0 ? 0 : 0x00FFFFFF)));
  }

  @Test
  void sizesMustAgree() {
    PixelSource image = image((x, y) -> 0);
    PixelSource other = PixelSource.of(1, 1, new int[] {0});
    assertThrows(IllegalArgumentException.class, () -> Banding.share(image, other));
  }
}
