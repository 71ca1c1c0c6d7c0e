package dev.kmq.cli.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.PixelSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QualityTest {
  private static PixelSource plane(int argb) {
    int[] pixels = new int[400];
    Arrays.fill(pixels, argb);
    return PixelSource.of(20, 20, pixels);
  }

  @Test
  void equalPictures() {
    Quality quality = Quality.of(plane(0xFF123456), plane(0xFF123456));
    assertEquals(0, quality.error().mse());
    assertEquals(1, quality.ssim(), 1e-6);
    assertEquals(Double.POSITIVE_INFINITY, quality.error().psnr());
  }

  @Test
  void threeChannelsAreAdded() {
    Quality quality = Quality.of(plane(0xFF000000), plane(0xFF030400));
    assertEquals(25, quality.error().mse());
    assertEquals(5, quality.error().maxError());
    assertEquals(10 * Math.log10(3 * 65025 / 25.0), quality.error().psnr(), 1e-12);
  }

  @Test
  void ssimOfAConstantShiftFollowsFromItsDefinition() {
    // Without structure, SSIM is its luminance term.
    double c1 = 0.01 * 255 * 0.01 * 255;
    double expected = (2 * 100 * 120 + c1) / (100 * 100 + 120 * 120 + c1);
    assertEquals(expected, Quality.of(plane(0xFF646464), plane(0xFF787878)).ssim(), 1e-4);
  }

  @Test
  void noiseLowersSsim() {
    Random random = new Random(1);
    int[] a = random.ints(400, 0, 1 << 24).map(c -> c | 0xFF000000).toArray();
    int[] b = random.ints(400, 0, 1 << 24).map(c -> c | 0xFF000000).toArray();
    assertTrue(Quality.of(PixelSource.of(20, 20, a), PixelSource.of(20, 20, b)).ssim() < 0.2);
  }

  /** Black without its alpha is invisible on black, and white on white. */
  @Test
  void theWorseOfBlackAndWhiteCounts() {
    assertTrue(Quality.of(plane(0xFF000000), plane(0x80000000)).ssim() < 0.01);
    assertTrue(Quality.of(plane(0xFFFFFFFF), plane(0x80FFFFFF)).ssim() < 0.9);
    assertEquals(1, Quality.of(plane(0x00FF0000), plane(0x000000FF)).ssim(), 1e-6);
    double c1 = 0.01 * 255 * 0.01 * 255;
    double onWhite = (2 * 255 * 127 + c1) / (255 * 255 + 127 * 127 + c1);
    double ssim = Quality.of(plane(0x00000000), plane(0x80000000)).ssim();
    assertEquals(onWhite, ssim, 1e-4);
  }
}
