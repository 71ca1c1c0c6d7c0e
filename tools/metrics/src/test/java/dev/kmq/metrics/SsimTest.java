package dev.kmq.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.PixelSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsimTest {
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  private static PixelSource plane(int argb) {
    int[] pixels = new int[400];
    Arrays.fill(pixels, argb);
    return PixelSource.of(20, 20, pixels);
  }

  @Test
  void aConstantShiftFollowsFromTheDefinition() {
    // Without structure, SSIM is its luminance term.
    double expected = (2 * 100 * 120 + C1) / (100 * 100 + 120 * 120 + C1);
    assertEquals(expected, Ssim.of(plane(0xFF646464), plane(0xFF787878)), 1e-4);
  }

  @Test
  void noiseLowersIt() {
    Random random = new Random(1);
    int[] a = random.ints(400, 0, 1 << 24).map(c -> c | 0xFF000000).toArray();
    int[] b = random.ints(400, 0, 1 << 24).map(c -> c | 0xFF000000).toArray();
    assertTrue(Ssim.of(PixelSource.of(20, 20, a), PixelSource.of(20, 20, b)) < 0.2);
  }

  /** Black without its alpha is invisible on black, and white on white. */
  @Test
  void theWorseOfBlackAndWhiteCounts() {
    assertTrue(Ssim.of(plane(0xFF000000), plane(0x80000000)) < 0.01);
    assertTrue(Ssim.of(plane(0xFFFFFFFF), plane(0x80FFFFFF)) < 0.9);
    assertEquals(1, Ssim.of(plane(0x00FF0000), plane(0x000000FF)), 1e-6);
    double onWhite = (2 * 255 * 127 + C1) / (255 * 255 + 127 * 127 + C1);
    assertEquals(onWhite, Ssim.of(plane(0x00000000), plane(0x80000000)), 1e-4);
  }

  @Test
  void agreesWithTheFormulaInPlainLoops() {
    PixelSource image = TestImages.scene(23, 17);
    PixelSource other = TestImages.posterized(image, 32);
    assertEquals(slow(image, other), Ssim.of(image, other), 1e-5);
  }

  private static double slow(PixelSource a, PixelSource b) {
    int width = a.width();
    int height = a.height();
    int[] p = TestImages.pixels(a);
    int[] q = TestImages.pixels(b);
    double sum = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double[] moments = new double[6];
        for (int dy = -5; dy <= 5; dy++) {
          for (int dx = -5; dx <= 5; dx++) {
            int at =
                Math.max(0, Math.min(height - 1, y + dy)) * width
                    + Math.max(0, Math.min(width - 1, x + dx));
            double weight = Math.exp(-(dx * dx + dy * dy) / 4.5);
            double u = luma(p[at]);
            double v = luma(q[at]);
            double[] values = {1, u, v, u * u, v * v, u * v};
            for (int i = 0; i < values.length; i++) {
              moments[i] += weight * values[i];
            }
          }
        }
        double[] m = Arrays.stream(moments).map(v -> v / moments[0]).toArray();
        sum +=
            (2 * m[1] * m[2] + C1)
                * (2 * (m[5] - m[1] * m[2]) + C2)
                / ((m[1] * m[1] + m[2] * m[2] + C1)
                    * (m[3] - m[1] * m[1] + m[4] - m[2] * m[2] + C2));
      }
    }
    return sum / (width * height);
  }

  private static double luma(int p) {
    return 0.299 * (p >>> 16 & 0xFF) + 0.587 * (p >>> 8 & 0xFF) + 0.114 * (p & 0xFF);
  }
}
