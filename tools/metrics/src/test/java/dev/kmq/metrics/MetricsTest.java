package dev.kmq.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.PixelSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of rendered images. */
class MetricsTest {
  private static final PixelSource SCENE = TestImages.scene(200, 150);

  private static PixelSource plane(int width, int height, int argb) {
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, argb);
    return PixelSource.of(width, height, pixels);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,40", "40,1", "7,9", "8,8", "9,9", "65,64", "128,129", "200,150"})
  void equalImages(int width, int height) {
    PixelSource image = TestImages.scene(width, height);
    Comparison same = Comparison.of(image, TestImages.mapped(image, p -> p), 2);
    assertEquals(0, same.error().mse());
    assertEquals(1, same.ssim(), 1e-6);
    assertEquals(100, same.ssimulacra2());
    assertEquals(0, same.dssim(), 1e-9);
  }

  /** Computed once; a change of a bit of the arithmetic shows here. */
  @ParameterizedTest
  @CsvSource({
    "200, 150, 4, 0.9930442119037883, 93.3954283899946, 1.0960691874806194E-4",
    "200, 150, 32, 0.843922563507466, -17.592816709554, 0.02746925291809843",
    "97, 61, 32, 0.7827423937736586, 50.01944809334135, 0.010766521275626939",
    "20, 9, 32, 0.963843803578529, 91.89871812538142, 0.003731189379989619"
  })
  void scoresOfPosterizedImages(
      int width, int height, int step, double ssim, double ssimulacra2, double dssim) {
    PixelSource image = TestImages.scene(width, height);
    Comparison found = Comparison.of(image, TestImages.posterized(image, step), 1);
    assertEquals(ssim, found.ssim());
    assertEquals(ssimulacra2, found.ssimulacra2());
    assertEquals(dssim, found.dssim());
  }

  @Test
  void strongerDistortionScoresWorse() {
    Comparison before = Comparison.of(SCENE, SCENE, 1);
    for (int step : new int[] {2, 4, 8, 16, 32, 64, 128}) {
      Comparison after = Comparison.of(SCENE, TestImages.posterized(SCENE, step), 1);
      assertTrue(after.ssim() < before.ssim(), "ssim at " + step);
      assertTrue(after.ssimulacra2() < before.ssimulacra2(), "ssimulacra2 at " + step);
      assertTrue(after.dssim() > before.dssim(), "dssim at " + step);
      before = after;
    }
    assertTrue(before.ssimulacra2() < 0, "no lower limit: " + before.ssimulacra2());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void scoresDoNotDependOnThreads(int threads) {
    PixelSource image = TestImages.scene(301, 453);
    PixelSource other = TestImages.posterized(image, 16);
    assertEquals(Ssimulacra2.of(image, other, 1), Ssimulacra2.of(image, other, threads));
    assertEquals(Dssim.of(image, other, 1), Dssim.of(image, other, threads));
  }

  /** A band of 64 rows sees its neighbours: the position of an error does not matter. */
  @Test
  void bandsLeaveNoSeams() {
    double[] ssimulacra2 = new double[3];
    double[] dssim = new double[3];
    PixelSource grey = plane(256, 512, 0xFF808080);
    int[] rows = {224, 256, 288};
    for (int i = 0; i < rows.length; i++) {
      int[] argb = TestImages.pixels(grey);
      Arrays.fill(argb, rows[i] * 256, rows[i] * 256 + 32 * 256, 0xFF90A070);
      PixelSource striped = PixelSource.of(256, 512, argb);
      ssimulacra2[i] = Ssimulacra2.of(grey, striped, 1);
      dssim[i] = Dssim.of(grey, striped, 1);
    }
    for (int i = 1; i < rows.length; i++) {
      assertEquals(ssimulacra2[0], ssimulacra2[i], 1e-6);
      assertEquals(dssim[0], dssim[i], 1e-9);
    }
  }

  /** White with alpha 0 is the background, so it equals opaque 243 there and not at 89. */
  @Test
  void theWorseBackgroundCounts() {
    PixelSource clear = plane(16, 16, 0x00FFFFFF);
    PixelSource bright = plane(16, 16, 0xFFF3F3F3);
    PixelSource dark = plane(16, 16, 0xFF595959);
    assertEquals(Ssimulacra2.of(dark, bright, 1), Ssimulacra2.of(clear, bright, 1));
    assertEquals(Dssim.of(dark, bright, 1), Dssim.of(clear, bright, 1));
    assertEquals(Ssimulacra2.of(bright, dark, 1), Ssimulacra2.of(clear, dark, 1));
    assertEquals(Dssim.of(bright, dark, 1), Dssim.of(clear, dark, 1));
    assertTrue(Ssimulacra2.of(bright, dark, 1) < 100);
    assertTrue(Dssim.of(bright, dark, 1) > 0.01);
    assertEquals(100, Ssimulacra2.of(clear, plane(16, 16, 0x00123456), 1));
  }

  @Test
  void alphaIsBlendedAsOnAScreen() {
    int half = 0x80402010;
    int onDark = 0xFF000000 | over(0x40, 89) << 16 | over(0x20, 89) << 8 | over(0x10, 89);
    int onBright = 0xFF000000 | over(0x40, 243) << 16 | over(0x20, 243) << 8 | over(0x10, 243);
    PixelSource black = plane(16, 16, 0xFF000000);
    double expected =
        Math.min(
            Ssimulacra2.of(black, plane(16, 16, onDark), 1),
            Ssimulacra2.of(black, plane(16, 16, onBright), 1));
    assertEquals(expected, Ssimulacra2.of(black, plane(16, 16, half), 1));
  }

  private static int over(int channel, int grey) {
    return (int) Math.round((channel * 128 + grey * 127) / 255.0);
  }

  @Test
  void smallImagesAreExtended() {
    int[] small = {0xFF102030, 0xFF405060, 0xFF708090, 0xFFA0B0C0, 0xFFD0E0F0, 0xFF304050};
    int[] large = new int[64];
    for (int i = 0; i < large.length; i++) {
      large[i] = small[Math.min(1, i / 8) * 3 + Math.min(2, i % 8)];
    }
    PixelSource image = PixelSource.of(3, 2, small);
    PixelSource extended = PixelSource.of(8, 8, large);
    PixelSource other = TestImages.posterized(image, 32);
    PixelSource otherExtended = TestImages.posterized(extended, 32);
    assertEquals(Ssimulacra2.of(extended, otherExtended, 1), Ssimulacra2.of(image, other, 1));
    assertEquals(Dssim.of(extended, otherExtended, 1), Dssim.of(image, other, 1));
  }

  @Test
  void differentSizesAreRefused() {
    PixelSource other = TestImages.scene(200, 151);
    String message = "the images are 200x150 and 200x151";
    for (Runnable measure :
        new Runnable[] {
          () -> Ssim.of(SCENE, other),
          () -> Ssimulacra2.of(SCENE, other, 1),
          () -> Dssim.of(SCENE, other, 1),
          () -> Comparison.of(SCENE, other, 1)
        }) {
      assertEquals(
          message, assertThrows(IllegalArgumentException.class, measure::run).getMessage());
    }
  }

  @Test
  void noThreadsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Ssimulacra2.of(SCENE, SCENE, 0));
    assertThrows(IllegalArgumentException.class, () -> Dssim.of(SCENE, SCENE, 0));
  }
}
