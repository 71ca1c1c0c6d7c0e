package dev.kmq.remap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.concurrent.Work;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        level, mean(new FloydSteinberg(grey, palette, Metric.RGB, Work.onThreads(1))), 2.5);
    assertEquals(
        level, mean(OrderedDither.blueNoise(grey, palette, Metric.RGB, Work.onThreads(1))), 0.1);
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
            p -> new FloydSteinberg(p, palette, Metric.RGB, Work.onThreads(1)),
            p -> OrderedDither.blueNoise(p, palette, Metric.RGB, Work.onThreads(3)),
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

  @Test
  void floydSteinbergAgreesWithItsDefinition() {
    PixelSource source = noise(23, 17, 9);
    Palette palette = Palette.ofRgb(0x202020, 0xE0E0E0, 0xC04040, 0x4040C0);
    int[] pixels = new int[23 * 17];
    source.readRows(0, 17, pixels);
    int[][] errors = new int[3][23 * 17];
    byte[] expected = new byte[23 * 17];
    for (int y = 0; y < 17; y++) {
      int step = y % 2 == 0 ? 1 : -1;
      for (int n = 0; n < 23; n++) {
        int x = step > 0 ? n : 22 - n;
        int[] wanted = new int[3];
        for (int c = 0; c < 3; c++) {
          int value = pixels[y * 23 + x] >>> 16 - 8 * c & 0xFF;
          wanted[c] =
              Math.max(0, Math.min(255, value + Math.floorDiv(errors[c][y * 23 + x] + 8, 16)));
        }
        int entry = brute(palette, wanted);
        expected[y * 23 + x] = (byte) entry;
        for (int c = 0; c < 3; c++) {
          int error = wanted[c] - (palette.argb(entry) >>> 16 - 8 * c & 0xFF);
          add(errors[c], x + step, y, 7 * error);
          add(errors[c], x - step, y + 1, 3 * error);
          add(errors[c], x, y + 1, 5 * error);
          add(errors[c], x + step, y + 1, error);
        }
      }
    }
    assertArrayEquals(
        expected,
        new FloydSteinberg(source, palette, Metric.RGB, Work.onThreads(1)).rows(0, 17).bytes());
  }

  private static void add(int[] errors, int x, int y, int error) {
    if (x >= 0 && x < 23 && y < 17) {
      errors[y * 23 + x] += error;
    }
  }

  private static int brute(Palette palette, int[] color) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.size(); i++) {
      int sum = 0;
      for (int c = 0; c < 3; c++) {
        int gap = color[c] - (palette.argb(i) >>> 16 - 8 * c & 0xFF);
        sum += gap * gap;
      }
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    return best;
  }

  /** A pale blue that a near grey mixes as well as a far red: the red is not used. */
  @Test
  void orderedDitheringTakesNearEntriesWhereItCan() {
    PixelSource sky = flat(64, 0xFFAAC0E0);
    Palette palette = Palette.ofRgb(0xA8C0E4, 0xC8C8C8, 0xFF2010, 0x000000);
    IndexPlane plane =
        OrderedDither.blueNoise(sky, palette, Metric.RGB, Work.onThreads(1)).rows(0, 64);
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
            noise(4, 8, 1), Palette.ofRgb(0, 0xFFFFFF), Metric.RGB, Work.onThreads(1));
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
