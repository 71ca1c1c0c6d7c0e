package dev.kmq.remap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.concurrent.Work;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DitherTest {
  private static PixelSource flat(int side, int argb) {
    int[] pixels = new int[side * side];
    Arrays.fill(pixels, argb);
    return PixelSource.of(side, side, pixels);
  }

  private static PixelSource noise(int width, int height, long seed) {
    int[] pixels = new Random(seed).ints((long) width * height).map(c -> c | 0xFF000000).toArray();
    return PixelSource.of(width, height, pixels);
  }

  private static double mean(IndexSource source) {
    IndexPlane plane = source.rows(0, source.height());
    long sum = 0;
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        sum += source.palette().argb(plane.get(x, y)) & 0xFF;
      }
    }
    return (double) sum / (plane.width() * plane.height());
  }

  @Property(tries = 40)
  void areasKeepTheirMean(@ForAll @IntRange(min = 0, max = 255) int level) {
    PixelSource grey = flat(64, 0xFF000000 | level * 0x010101);
    Palette palette = Palette.ofRgb(0x000000, 0xFFFFFF);
    assertEquals(
        level, mean(new FloydSteinberg(grey, palette, Metric.RGB, true, Work.onThreads(1))), 2.5);
    assertEquals(
        level,
        mean(OrderedDither.blueNoise(grey, palette, true, Metric.RGB, Work.onThreads(1))),
        0.1);
  }

  @ParameterizedTest
  @EnumSource(Dither.class)
  void coloursInThePaletteAreUnchanged(Dither dither) {
    int[] colors = {0xFF102030, 0xFFA0B0C0, 0xFF405060, 0x80FF0000, 0};
    int[] pixels = new Random(2).ints(600, 0, colors.length).map(i -> colors[i]).toArray();
    EncodeOptions options = EncodeOptions.builder().colors(5).dither(dither).build();
    IndexedImage image = new KmqEncoder(options).quantize(PixelSource.of(30, 20, pixels));
    assertArrayEquals(pixels, image.toArgb());
  }

  /** Two colours of alpha 5 have the same coordinates in Oklab. */
  @ParameterizedTest
  @EnumSource(Dither.class)
  void coloursOfEqualCoordinatesAreUnchanged(Dither dither) {
    int[] pixels = {0x051FB66A, 0x0521B66A, 0xFF102030, 0x0521B66A};
    EncodeOptions options =
        EncodeOptions.builder().colors(3).metric(Metric.OKLAB).dither(dither).build();
    assertArrayEquals(
        pixels, new KmqEncoder(options).quantize(PixelSource.of(2, 2, pixels)).toArgb());
  }

  @ParameterizedTest
  @EnumSource(Dither.class)
  void bandsAndThreadsPlayNoPart(Dither dither) {
    PixelSource pixels = noise(970, 101, 5);
    byte[][] planes = new byte[4][];
    for (int threads = 1; threads <= 4; threads++) {
      EncodeOptions options =
          EncodeOptions.builder().colors(7).dither(dither).threads(threads).build();
      planes[threads - 1] = new KmqEncoder(options).quantize(pixels).plane().bytes();
    }
    Palette palette = Palette.ofRgb(0, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF);
    for (Function<PixelSource, IndexSource> way :
        Arrays.<Function<PixelSource, IndexSource>>asList(
            p -> new FloydSteinberg(p, palette, Metric.RGB, true, Work.onThreads(1)),
            p -> OrderedDither.blueNoise(p, palette, true, Metric.RGB, Work.onThreads(3)),
            p -> OrderedDither.bayer(p, palette, Metric.RGB, Work.onThreads(3)))) {
      byte[] whole = way.apply(pixels).rows(0, 101).bytes();
      IndexSource source = way.apply(pixels);
      for (int turn = 0; turn < 2; turn++) {
        byte[] banded = new byte[whole.length];
        for (int y = 0; y < 101; y += 10) {
          int rows = Math.min(10, 101 - y);
          System.arraycopy(source.rows(y, rows).bytes(), 0, banded, y * 970, rows * 970);
        }
        assertArrayEquals(whole, banded);
      }
    }
    for (byte[] plane : planes) {
      assertArrayEquals(planes[0], plane);
    }
  }

  /** Sparse entries, so the whole error is passed on, up to a limit that is not reached here. */
  @Test
  void floydSteinbergAgreesWithItsDefinition() {
    PixelSource source = noise(23, 17, 9);
    Palette palette = Palette.ofRgb(0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00);
    int[] pixels = new int[23 * 17];
    source.readRows(0, 17, pixels);
    float[][] errors = new float[3][23 * 17];
    byte[] expected = new byte[23 * 17];
    for (int y = 0; y < 17; y++) {
      int step = y % 2 == 0 ? 1 : -1;
      for (int n = 0; n < 23; n++) {
        int x = step > 0 ? n : 22 - n;
        float[] wanted = new float[3];
        float square = 0;
        for (int c = 0; c < 3; c++) {
          float error = errors[c][y * 23 + x];
          wanted[c] = (pixels[y * 23 + x] >>> 16 - 8 * c & 0xFF) + error;
          square += error * error;
        }
        assertTrue(square < 255 * 255);
        int entry = brute(palette, wanted);
        expected[y * 23 + x] = (byte) entry;
        for (int c = 0; c < 3; c++) {
          float error = wanted[c] - (palette.argb(entry) >>> 16 - 8 * c & 0xFF);
          add(errors[c], x + step, y, 7 * error / 16);
          add(errors[c], x - step, y + 1, 3 * error / 16);
          add(errors[c], x, y + 1, 5 * error / 16);
          add(errors[c], x + step, y + 1, error / 16);
        }
      }
    }
    assertArrayEquals(
        expected,
        new FloydSteinberg(source, palette, Metric.RGB, true, Work.onThreads(1))
            .rows(0, 17)
            .bytes());
  }

  private static void add(float[] errors, int x, int y, float error) {
    if (x >= 0 && x < 23 && y < 17) {
      errors[y * 23 + x] += error;
    }
  }

  private static int brute(Palette palette, float[] color) {
    int best = 0;
    float least = Float.MAX_VALUE;
    for (int i = 0; i < palette.size(); i++) {
      float sum = 0;
      for (int c = 0; c < 3; c++) {
        float gap = color[c] - (palette.argb(i) >>> 16 - 8 * c & 0xFF);
        sum += gap * gap;
      }
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }

  /** An area one invisible step from an entry is flat. */
  @Test
  void invisibleErrorsAreNotDiffused() {
    PixelSource area = flat(32, 0xFF404140);
    Palette palette = Palette.ofRgb(0x404040, 0x484848);
    for (IndexSource dithered :
        List.of(
            new FloydSteinberg(area, palette, Metric.OKLAB, false, Work.onThreads(1)),
            SpatialDither.of(area, palette, 2, Metric.OKLAB, Work.onThreads(1)))) {
      for (byte entry : dithered.rows(0, 32).bytes()) {
        assertEquals(0, entry);
      }
    }
  }

  /**
   * A sky slightly lighter than the entry for it, and an entry for lamps: without a limit, errors
   * would grow until a lamp is lit.
   */
  @Test
  void darkAreasHaveNoFireflies() {
    Palette palette = Palette.ofRgb(0x282828, 0x202028, 0x282020, 0x202820, 0xA0A0A0);
    IndexPlane plane =
        new FloydSteinberg(flat(64, 0xFF303030), palette, Metric.RGB, false, Work.onThreads(1))
            .rows(0, 64);
    for (byte entry : plane.bytes()) {
      assertEquals(0, entry);
    }
  }

  /** A green that a lighter green mixes with magenta; the others are blue. */
  @Test
  void huesThatTheImageLacksAreNotMixedIn() {
    int[] entries = new int[32];
    Arrays.setAll(entries, i -> 0x0000FF - i);
    entries[0] = 0x64A564;
    entries[1] = 0x826482;
    Palette palette = Palette.ofRgb(entries);
    PixelSource area = flat(32, 0xFF649664);
    Work work = Work.onThreads(1);
    for (Metric metric : Metric.values()) {
      for (IndexSource made :
          List.of(
              new FloydSteinberg(area, palette, metric, false, work),
              SpatialDither.of(area, palette, 31, metric, work),
              OrderedDither.blueNoise(area, palette, false, metric, work))) {
        for (byte entry : made.rows(0, 32).bytes()) {
          assertEquals(0, entry);
        }
      }
      for (IndexSource given :
          List.of(
              new FloydSteinberg(area, palette, metric, true, work),
              OrderedDither.blueNoise(area, palette, true, metric, work))) {
        byte[] plane = given.rows(0, 32).bytes();
        assertTrue(IntStream.range(0, plane.length).anyMatch(n -> plane[n] == 1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void spatialDitheringKeepsTheMean(Metric metric) {
    int[] pixels = new int[96 * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 0xFF000000 | (64 + i % 96 * 2 / 3) * 0x010101 + 0x10;
    }
    PixelSource ramp = PixelSource.of(96, 64, pixels);
    Palette palette = Palette.ofRgb(0x404050, 0x606070, 0x808090);
    IndexSource dithered = SpatialDither.of(ramp, palette, 3, metric, Work.onThreads(2));
    assertEquals(64 + 31.67 + 16, mean(dithered), 1);
  }

  /** The images are larger than a strip, so rows do not depend on how they are asked for. */
  @Test
  void stripsContinueEachOther() {
    int width = 4096;
    int height = 600;
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 0xFF000000 | (i % width * 255 / width) << 16 | i / width * 255 / height;
    }
    PixelSource source = PixelSource.of(width, height, pixels);
    Palette palette = Palette.ofRgb(0, 0xFF0000, 0x0000FF, 0xFF00FF, 0x800080, 0x600040);
    byte[] whole =
        SpatialDither.of(source, palette, 6, Metric.RGB, Work.onThreads(1)).rows(0, height).bytes();
    IndexSource again = SpatialDither.of(source, palette, 6, Metric.RGB, Work.onThreads(3));
    for (int turn = 0; turn < 2; turn++) {
      for (int y = 0; y < height; y += 100) {
        byte[] rows = again.rows(y, 100).bytes();
        assertArrayEquals(Arrays.copyOfRange(whole, y * width, (y + 100) * width), rows);
      }
    }
    // No seam: each row is as near to the mean of its pixels as the others are.
    for (int y = 8; y < height; y++) {
      double blue = 0;
      for (int x = 0; x < width; x++) {
        blue += palette.argb(whole[y * width + x]) & 0xFF;
      }
      assertEquals(y * 255.0 / height, blue / width, 12, "row " + y);
    }
  }

  @Test
  void fixedEntriesStay() {
    PixelSource source = noise(40, 30, 3);
    for (Dither dither : List.of(Dither.SPATIAL, Dither.FLOYD_STEINBERG)) {
      PaletteChoice.Computed choice =
          PaletteChoice.computed(9).withKeepColors(0xFF123456, 0xFF654321);
      EncodeOptions kept = EncodeOptions.builder().palette(choice).dither(dither).build();
      Palette palette = new KmqEncoder(kept).quantize(source).palette();
      assertEquals(0xFF123456, palette.argb(0));
      assertEquals(0xFF654321, palette.argb(1));
      Palette own = Palette.ofRgb(0x111111, 0xCC2211, 0x22CC11, 0x3311CC);
      EncodeOptions given =
          EncodeOptions.builder().palette(PaletteChoice.given(own)).dither(dither).build();
      assertEquals(own, new KmqEncoder(given).quantize(source).palette());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 70", "70, 1", "3, 2"})
  void smallImagesAreDithered(int width, int height) {
    PixelSource source = noise(width, height, 8);
    for (Dither dither : Dither.values()) {
      for (Metric metric : Metric.values()) {
        EncodeOptions options =
            EncodeOptions.builder().colors(3).dither(dither).metric(metric).build();
        IndexedImage image = new KmqEncoder(options).quantize(source);
        assertEquals(width, image.width());
        assertEquals(height, image.height());
        assertTrue(image.palette().size() <= 3);
      }
    }
  }

  /** A pale blue that a near grey mixes as well as a far red: the red is not used. */
  @Test
  void orderedDitheringTakesNearEntriesWhereItCan() {
    PixelSource sky = flat(64, 0xFFAAC0E0);
    Palette palette = Palette.ofRgb(0xA8C0E4, 0xC8C8C8, 0xFF2010, 0x000000);
    IndexPlane plane =
        OrderedDither.blueNoise(sky, palette, true, Metric.RGB, Work.onThreads(1)).rows(0, 64);
    int[] used = new int[4];
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        used[plane.get(x, y)]++;
      }
    }
    assertTrue(used[0] > 2048 && used[1] > 100, Arrays.toString(used));
    assertEquals(0, used[2] + used[3]);
  }

  @Test
  void errorDiffusionRefusesToJump() {
    FloydSteinberg source =
        new FloydSteinberg(
            noise(4, 8, 1), Palette.ofRgb(0, 0xFFFFFF), Metric.RGB, true, Work.onThreads(1));
    source.rows(0, 2);
    assertThrows(IllegalArgumentException.class, () -> source.rows(4, 2));
  }

  @Test
  void blueNoiseHasEveryThresholdOnceAndNoClumps() {
    ThresholdMask mask = BlueNoiseMask.mask();
    boolean[] seen = new boolean[ThresholdMask.ONE];
    // No two of the first sixteenth are adjacent, unlike in white noise.
    int few = ThresholdMask.ONE / 16;
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        int threshold = mask.at(x, y);
        assertTrue(!seen[threshold]);
        seen[threshold] = true;
        if (threshold < few) {
          assertTrue(mask.at(x + 1, y) >= few);
          assertTrue(mask.at(x, y + 1) >= few);
        }
      }
    }
  }

  /** The first rows of the well-known matrix. */
  @Test
  void bayerIsTheWellKnownMatrix() {
    int[][] rows = {{0, 32, 8, 40, 2, 34, 10, 42}, {48, 16, 56, 24, 50, 18, 58, 26}};
    boolean[] seen = new boolean[64];
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        int rank = (ThresholdMask.BAYER.at(x + 8, y + 16) - 32) / 64;
        assertEquals(64 * rank + 32, ThresholdMask.BAYER.at(x, y));
        assertTrue(!seen[rank]);
        seen[rank] = true;
        if (y < rows.length) {
          assertEquals(rows[y][x], rank);
        }
      }
    }
  }

  /** Within 1/128 of the distance of the two entries either way; shares have 12 bits. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void bayerKeepsTheMeanOfEveryBlock(Metric metric) {
    for (int greys : new int[] {2, 4, 16}) {
      int[] entries =
          IntStream.range(0, greys).map(i -> 255 / (greys - 1) * i * 0x010101).toArray();
      for (int level = 0; level < 256; level++) {
        PixelSource grey = flat(16, 0xFF000000 | level * 0x010101);
        IndexSource dithered =
            OrderedDither.bayer(grey, Palette.ofRgb(entries), metric, Work.onThreads(1));
        IndexPlane plane = dithered.rows(0, 16);
        for (int block = 0; block < 4; block++) {
          double sum = 0;
          for (int i = 0; i < 64; i++) {
            int x = block % 2 * 8 + i % 8;
            int y = block / 2 * 8 + i / 8;
            sum += entries[plane.get(x, y)] & 0xFF;
          }
          assertEquals(level, sum / 64, 255.0 / (greys - 1) * (1.0 / 128 + 1.0 / 8192));
        }
      }
    }
  }

  /** The pattern continues where a gradient passes the middle between two entries. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void aLighterGreyKeepsEveryLightPixelOfADarkerOne(Metric metric) {
    Palette palette = Palette.ofRgb(0, 0xFFFFFF);
    byte[] before = new byte[64];
    for (int level = 0; level < 256; level++) {
      PixelSource grey = flat(8, 0xFF000000 | level * 0x010101);
      byte[] now = OrderedDither.bayer(grey, palette, metric, Work.onThreads(1)).rows(0, 8).bytes();
      for (int i = 0; i < 64; i++) {
        assertTrue(now[i] >= before[i], "level " + level + " at " + i);
      }
      before = now;
    }
  }
}
