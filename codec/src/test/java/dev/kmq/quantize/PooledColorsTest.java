package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.concurrent.Work;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Images with more colours than are counted. */
class PooledColorsTest {
  private static final int SIDE = 2304;

  /** Colours that differ, a large white area, and pixels without alpha. */
  private static int[] opaque(long seed) {
    int[] argb = new int[SIDE * SIDE];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = 0xFF000000 | (int) (i * 0x9E3779B1L);
    }
    shuffle(argb, seed);
    for (int i = 0; i < 500_000; i++) {
      argb[i * 10] = i % 5 == 0 ? 0 : 0xFFFFFFFF;
    }
    return argb;
  }

  private static int[] translucent(long seed) {
    int[] argb = new int[SIDE * SIDE];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = (1 + i % 254) << 24 | (int) (i * 0x9E3779B1L) & 0x3F3F3F;
    }
    shuffle(argb, seed);
    return argb;
  }

  private static void shuffle(int[] argb, long seed) {
    Random random = new Random(seed);
    for (int i = argb.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = argb[i];
      argb[i] = argb[j];
      argb[j] = swap;
    }
  }

  private static ColorHistogram histogram(int[] argb, int threads) {
    return ColorHistogram.of(PixelSource.of(SIDE, SIDE, argb), Work.onThreads(threads));
  }

  private static void assertSame(ColorHistogram a, ColorHistogram b) {
    assertArrayEquals(a.colors(), b.colors());
    assertArrayEquals(a.counts(), b.counts());
  }

  private static void assertBounded(ColorHistogram histogram, int[] argb) {
    assertTrue(histogram.isJoined());
    long pixels = 0;
    for (int i = 0; i < histogram.size(); i++) {
      pixels += histogram.count(i);
      if (i > 0) {
        assertTrue(
            ColorHistogram.key(histogram.argb(i - 1)) < ColorHistogram.key(histogram.argb(i)));
      }
    }
    assertEquals(argb.length, pixels);
    assertTrue(histogram.size() <= ColorHistogram.MOST_TRANSLUCENT + 1);
  }

  @Test
  void opaqueColoursAreJoinedTheSameWayOnAnyNumberOfThreads() {
    int[] argb = opaque(1);
    ColorHistogram one = histogram(argb, 1);
    assertBounded(one, argb);
    assertSame(one, histogram(argb, 3));
    boolean white = false;
    for (int color : one.colors()) {
      white |= color == 0xFFFFFFFF;
    }
    assertTrue(white, "a colour that rules its cube stays as it is");
  }

  @Test
  void translucentColoursAreJoinedRegardlessOfTheirOrder() {
    ColorHistogram one = histogram(translucent(1), 1);
    assertBounded(one, translucent(1));
    assertSame(one, histogram(translucent(2), 3));
    for (int color : one.colors()) {
      int alpha = color >>> 24;
      assertTrue(alpha > 0 && alpha < 255);
    }
  }

  @Test
  void coloursThatFitAreExact() {
    int[] argb = new int[SIDE * SIDE];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = 0xFF000000 | i % ColorHistogram.MOST_OPAQUE;
    }
    ColorHistogram histogram = histogram(argb, 2);
    assertFalse(histogram.isJoined());
    assertEquals(ColorHistogram.MOST_OPAQUE, histogram.size());
  }

  /** Pixels whose colour is not in the histogram get the nearest entry too. */
  @Test
  void everyPixelGetsItsNearestEntry() {
    for (int k : new int[] {20, 300}) {
      int[] argb = k == 20 ? opaque(3) : translucent(3);
      EncodeOptions options =
          EncodeOptions.builder()
              .colors(k)
              .effort(Effort.FAST)
              .metric(Metric.RGB)
              .threads(2)
              .build();
      IndexedImage image = new KmqEncoder(options).quantize(PixelSource.of(SIDE, SIDE, argb));
      NearestColor nearest = new NearestColor(image.palette(), Metric.RGB);
      IndexPlane plane = image.rows(0, SIDE);
      for (int i = 0; i < argb.length; i += 97) {
        assertEquals(nearest.index(argb[i]), plane.get(i % SIDE, i / SIDE));
      }
    }
  }
}
