package dev.kmq.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ColorErrorTest {
  private static PixelSource row(int... argb) {
    return PixelSource.of(argb.length, 1, argb);
  }

  @Test
  void channelsOfOpaquePixelsAreAdded() {
    PixelSource a = row(0xFF000000, 0xFF000000, 0xFF101010);
    PixelSource b = row(0xFF000000, 0xFF030400, 0xFF101010);
    ColorError error = ColorError.of(a, b, 4.9);
    assertEquals(3, error.pixels());
    assertEquals(25 / 3.0, error.mse());
    assertEquals(5, error.maxError());
    assertEquals(1, error.beyond());
    assertEquals(1 / 3.0, error.shareBeyond());
    assertEquals(10 * Math.log10(3 * 65025 / (25 / 3.0)), error.psnr(), 1e-12);
    assertEquals(0, ColorError.of(a, b, 5).beyond());
    assertEquals(Double.POSITIVE_INFINITY, ColorError.of(a, a, 0).psnr());
  }

  @Test
  void alphaIsMeasuredOnBlackAndOnWhite() {
    double full = 3 * 255 * 255;
    // Invisible colours are equal, and their pixels count.
    ColorError unseen = ColorError.of(row(0x00FF0000, 0xFF000000), row(0x0000FF00, 0xFF000000), 0);
    assertEquals(2, unseen.pixels());
    assertEquals(0, unseen.mse());
    // Lost black shows on white, lost white on black.
    assertEquals(full, ColorError.of(row(0xFF000000), row(0x00000000), 0).mse());
    assertEquals(full, ColorError.of(row(0xFFFFFFFF), row(0x00000000), 0).mse());
    // Almost transparent: almost no error, however different the colours.
    assertEquals(3, ColorError.of(row(0x01FFFFFF), row(0x01000000), 0).mse());
    // 128/255 of red on black is (128, 0, 0), on white (255, 127, 127).
    ColorError half = ColorError.of(row(0x80FF0000), row(0xFF800000), 0);
    assertEquals(127 * 127 * 3, half.mse());
    assertEquals(Math.sqrt(127 * 127 * 3), half.maxError());
  }

  /** Composites in floating point, image by image and background by background. */
  @Property
  void figuresAreThoseOfTheDefinition(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 9) Integer> kinds,
      @ForAll @DoubleRange(min = 0, max = 450) double threshold,
      @ForAll long seed) {
    Random random = new Random(seed);
    int n = kinds.size();
    int[] a = new int[n];
    int[] b = new int[n];
    double sum = 0;
    double max = 0;
    int beyond = 0;
    for (int i = 0; i < n; i++) {
      int kind = kinds.get(i);
      a[i] = pixel(random, kind % 3);
      b[i] = kind == 9 ? a[i] : pixel(random, kind / 3);
      double error = Math.max(distance(a[i], b[i], 0), distance(a[i], b[i], 255));
      sum += error * error;
      max = Math.max(max, error);
      beyond += error > threshold ? 1 : 0;
    }
    ColorError error = ColorError.of(row(a), row(b), threshold);
    assertEquals(n, error.pixels());
    assertEquals(sum / n, error.mse(), 1e-9 * (1 + sum / n));
    assertEquals(max, error.maxError(), 1e-9);
    assertEquals(beyond, error.beyond());
    ColorError swapped = ColorError.of(row(b), row(a), threshold);
    assertEquals(error.mse(), swapped.mse());
    assertEquals(error.maxError(), swapped.maxError());
    assertEquals(error.beyond(), swapped.beyond());
    assertEquals(0, ColorError.of(row(a), row(b), error.maxError()).beyond());
  }

  private static int pixel(Random random, int alphaClass) {
    int rgb = random.nextInt(1 << 24);
    int alpha = alphaClass == 0 ? 0 : alphaClass == 1 ? 255 : 1 + random.nextInt(254);
    return alpha << 24 | rgb;
  }

  private static double distance(int p, int q, int backdrop) {
    double sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      double gap = composited(p, shift, backdrop) - composited(q, shift, backdrop);
      sum += gap * gap;
    }
    return Math.sqrt(sum);
  }

  private static double composited(int argb, int shift, int backdrop) {
    double opacity = (argb >>> 24) / 255.0;
    return opacity * (argb >>> shift & 0xFF) + (1 - opacity) * backdrop;
  }

  @Test
  void sizesAndThresholdAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> ColorError.of(row(1), row(1, 2), 0));
    assertThrows(IllegalArgumentException.class, () -> ColorError.of(row(1), row(1), -1));
    assertThrows(IllegalArgumentException.class, () -> ColorError.of(row(1), row(1), Double.NaN));
  }
}
