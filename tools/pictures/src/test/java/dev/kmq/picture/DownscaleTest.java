package dev.kmq.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.kmq.image.PixelSource;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Fast reduction agrees with a slow one that samples each area at every common subdivision. */
class DownscaleTest {
  private static double light(int level) {
    double c = level / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static double level(double light) {
    return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055);
  }

  private static int[] pixels(PixelSource image) {
    int[] argb = new int[image.width() * image.height()];
    image.readRows(0, image.height(), argb);
    return argb;
  }

  @Property(tries = 200)
  void agreesWithSampling(
      @ForAll @IntRange(min = 1, max = 23) int w,
      @ForAll @IntRange(min = 1, max = 23) int h,
      @ForAll @IntRange(min = 1, max = 12) int maxWidth,
      @ForAll @IntRange(min = 1, max = 12) int maxHeight,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] argb = new int[w * h];
    for (int i = 0; i < argb.length; i++) {
      int alpha = random.nextInt(3) * 255 / 2;
      argb[i] = alpha << 24 | random.nextInt(1 << 24);
    }
    PixelSource image = PixelSource.of(w, h, argb);
    PixelSource small = Downscale.fit(image, maxWidth, maxHeight);
    if (w <= maxWidth && h <= maxHeight) {
      assertSame(image, small);
      return;
    }
    int width = small.width();
    int height = small.height();
    double scale = Math.min((double) maxWidth / w, (double) maxHeight / h);
    assertEquals(Math.max(1, w * scale), width, 0.501);
    assertEquals(Math.max(1, h * scale), height, 0.501);
    int[] found = pixels(small);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double[] sum = new double[4];
        // Each source pixel counts as width x height samples, each result as w x h.
        for (int v = y * h; v < (y + 1) * h; v++) {
          for (int u = x * w; u < (x + 1) * w; u++) {
            int color = argb[v / height * w + u / width];
            double alpha = (color >>> 24) / 255.0;
            sum[3] += alpha;
            for (int c = 0; c < 3; c++) {
              sum[c] += alpha * light(color >>> 8 * c & 0xFF);
            }
          }
        }
        int color = found[y * width + x];
        assertEquals(255 * sum[3] / ((double) w * h), color >>> 24, 0.5001);
        for (int c = 0; c < 3 && color >>> 24 > 0; c++) {
          assertEquals(level(sum[c] / sum[3]), color >>> 8 * c & 0xFF, 0.5001);
        }
      }
    }
  }

  @Test
  void meansAreOfLightAndIgnoreTheColoursOfWhatIsTransparent() {
    int[] board = {0xFFFFFFFF, 0xFF000000, 0xFF000000, 0xFFFFFFFF};
    assertArrayEquals(
        new int[] {0xFFBCBCBC}, pixels(Downscale.fit(PixelSource.of(2, 2, board), 1, 1)));
    int[] edge = {0xFFFF0000, 0x0000FF00};
    assertArrayEquals(
        new int[] {0x80FF0000}, pixels(Downscale.fit(PixelSource.of(2, 1, edge), 1, 1)));
  }

  @Test
  void everyLevelIsNearestToItself() {
    for (int i = 0; i < 256; i++) {
      assertEquals(i, Downscale.level(Downscale.light(i)));
    }
  }
}
