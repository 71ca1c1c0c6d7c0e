package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
