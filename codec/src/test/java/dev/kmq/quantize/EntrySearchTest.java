package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EntrySearchTest {
  private static final float[] SCALE = {1, 0.5f, 0.75f, 1};

  /** Compares with a search of all entries, inside the grid and far outside. */
  @Property(tries = 60)
  void theNearestAllowedEntryIsFound(
      @ForAll @IntRange(min = 1, max = 3000) int colors,
      @ForAll boolean alpha,
      @ForAll Metric metric,
      @ForAll long seed) {
    Random random = new Random(seed);
    int spread = 1 << 3 + random.nextInt(6);
    int[] argb = new int[colors];
    for (int i = 0; i < colors; i++) {
      int opacity = alpha ? new int[] {0, 255, random.nextInt(256)}[random.nextInt(3)] : 255;
      argb[i] =
          opacity << 24
              | random.nextInt(spread) % 256 << 16
              | random.nextInt(spread) % 256 << 8
              | random.nextInt(spread) % 256;
    }
    Palette palette = alpha ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
    ColorCoordinates space = new ColorCoordinates(metric, palette.hasAlpha());
    EntrySearch search = new EntrySearch(palette, space, SCALE);
    AlphaRule rule = new AlphaRule(palette);
    for (int n = 0; n < 100; n++) {
      int opacity = new int[] {0, 1, 128, 255}[random.nextInt(4)];
      float[] at = new float[4];
      for (int d = 0; d < space.dims; d++) {
        float near = search.place(random.nextInt(colors), d);
        at[d] = near + (float) random.nextGaussian() * (n % 10 == 0 ? 90_000 : 3_000);
      }
      int expected = -1;
      for (int e = 0; e < colors; e++) {
        if (rule.allows(opacity << 24, palette.argb(e))
            && (expected < 0 || square(search, e, at) < square(search, expected, at))) {
          expected = e;
        }
      }
      assertEquals(expected, search.nearest(opacity, at[0], at[1], at[2], at[3]));
    }
  }

  private static float square(EntrySearch search, int entry, float[] at) {
    return search.square(entry, at[0], at[1], at[2], at[3]);
  }

  @Test
  void theUsualGapIsTheMedian() {
    ColorCoordinates space = new ColorCoordinates(Metric.RGB, false);
    float[] one = {1, 1, 1, 1};
    Palette greys = Palette.ofRgb(0x000000, 0x000004, 0x000008, 0x0000FF);
    assertEquals(4 * 255f, new EntrySearch(greys, space, one).usualGap());
    assertEquals(0, new EntrySearch(Palette.ofRgb(7), space, one).usualGap());
  }

  /** The table of cube roots against the library's. */
  @Test
  void oklabIsAccurate() {
    double[] lab = new double[3];
    double[] exact = new double[3];
    for (int i = 0; i < 1 << 24; i += 251) {
      Oklab.of(i, lab);
      exact(i, exact);
      for (int c = 0; c < 3; c++) {
        assertTrue(Math.abs(lab[c] - exact[c]) < 3e-5, Integer.toHexString(i));
      }
    }
  }

  private static void exact(int rgb, double[] lab) {
    double[] v = new double[3];
    for (int c = 0; c < 3; c++) {
      double x = (rgb >>> 16 - 8 * c & 0xFF) / 255.0;
      v[c] = x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
    }
    double l = Math.cbrt(0.4122214708 * v[0] + 0.5363325363 * v[1] + 0.0514459929 * v[2]);
    double m = Math.cbrt(0.2119034982 * v[0] + 0.6806995451 * v[1] + 0.1073969566 * v[2]);
    double s = Math.cbrt(0.0883024619 * v[0] + 0.2817188376 * v[1] + 0.6299787005 * v[2]);
    lab[0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    lab[1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    lab[2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
  }
}
