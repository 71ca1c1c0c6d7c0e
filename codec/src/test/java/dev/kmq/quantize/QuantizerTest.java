package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.concurrent.Work;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarantees of palettes. */
class QuantizerTest {
  private static ColorHistogram histogram(int... argb) {
    return ColorHistogram.of(PixelSource.of(argb.length, 1, argb));
  }

  private static int[] smooth(int width, int height, long seed) {
    Random random = new Random(seed);
    int tint = random.nextInt(64);
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      int x = 255 * (i % width) / width;
      int y = 255 * (i / width) / height;
      int noise = random.nextInt(16);
      argb[i] = 0xFF000000 | x << 16 | y << 8 | Math.max(0, Math.min(255, x - y + tint + noise));
    }
    return argb;
  }

  private static void shuffle(int[] argb, Random random) {
    for (int i = argb.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = argb[i];
      argb[i] = argb[j];
      argb[j] = swap;
    }
  }

  private static int[] palette(ColorHistogram histogram, int k, Effort effort, int... kept) {
    List<Integer> keep = IntStream.of(kept).boxed().toList();
    PaletteRequest request = new PaletteRequest(k, effort, Metric.RGB, keep);
    return Quantizer.quantize(histogram, request, Work.onThreads(1)).palette().toArgb();
  }

  /** A brown texture with a blue ribbon on one of {@code rarity} pixels. */
  private static int[] ribbon(int rarity) {
    Random random = new Random(4);
    int[] argb = new int[200 * 100];
    for (int i = 0; i < argb.length; i++) {
      int light = 40 + random.nextInt(200);
      int red = Math.min(255, light + random.nextInt(60));
      argb[i] = 0xFF000000 | red << 16 | light << 8 | light - random.nextInt(40);
      if (i % rarity == 0) {
        argb[i] = 0xFF3060B0 + 0x010101 * random.nextInt(20);
      }
    }
    return argb;
  }

  private static double distanceToRibbon(int[] argb, int k) {
    ColorHistogram histogram = histogram(argb);
    PaletteRequest request = new PaletteRequest(k, Effort.DEFAULT, Metric.OKLAB, List.of());
    ColorMap map = Quantizer.quantize(histogram, request, Work.onThreads(1));
    double[] blue = new double[3];
    double[] entry = new double[3];
    Oklab.of(0x3A6ABA, blue);
    double least = Double.MAX_VALUE;
    for (int color : map.palette().toArgb()) {
      Oklab.of(color, entry);
      least = Math.min(least, Math.hypot(blue[1] - entry[1], blue[2] - entry[2]));
    }
    return least / Math.hypot(blue[1], blue[2]);
  }

  @ParameterizedTest
  @EnumSource
  void coloursOfCutOutImagesHaveTheirNearestEntries(Metric metric) {
    int[] argb = smooth(90, 90, 3);
    for (int i = 0; i < argb.length; i += 5) {
      argb[i] = 0;
    }
    ColorHistogram histogram = histogram(argb);
    PaletteRequest request = new PaletteRequest(32, Effort.DEFAULT, metric, List.of());
    Work work = Work.onThreads(1);
    ColorMap map = Quantizer.quantize(histogram, request, work);
    ColorMap nearest = ColorMap.nearest(histogram, map.palette(), metric, work);
    for (int i = 0; i < histogram.size(); i++) {
      assertEquals(nearest.entry(i), map.entry(i));
    }
  }

  @Test
  void smallSaturatedAreasKeepTheirHue() {
    assertTrue(distanceToRibbon(ribbon(500), 16) < 0.2);
    assertTrue(distanceToRibbon(ribbon(500), 24) < 0.2);
    assertTrue(distanceToRibbon(ribbon(5000), 16) > 0.7); // too rare to be missed
  }

  /** The squared error in 8-bit RGB, opaque colours only. */
  private static double error(ColorHistogram histogram, int[] palette) {
    double sum = 0;
    for (int i = 0; i < histogram.size(); i++) {
      double least = Double.MAX_VALUE;
      for (int color : palette) {
        double square = 0;
        for (int shift = 0; shift < 24; shift += 8) {
          double gap = (histogram.argb(i) >>> shift & 0xFF) - (color >>> shift & 0xFF);
          square += gap * gap;
        }
        least = Math.min(least, square);
      }
      sum += least * histogram.count(i);
    }
    return sum;
  }

  /** Rounding moves the best colours, and the latest ones need not be the best. */
  @ParameterizedTest
  @ValueSource(ints = {24, 64, 100})
  void bestPalettesOfFewColoursAreNoWorseThanQuickOnes(int k) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int[] argb = new int[2 * k];
      for (int i = 0; i < argb.length; i++) {
        argb[i] =
            0xFF000000 | random.nextInt(4) << 16 | random.nextInt(3) << 8 | random.nextInt(16);
      }
      ColorHistogram histogram = histogram(argb);
      double best = error(histogram, palette(histogram, k, Effort.BEST));
      assertTrue(best <= error(histogram, palette(histogram, k, Effort.DEFAULT)), "seed " + seed);
    }
  }

  @Property(tries = 40)
  void keptColoursAreThereInOrder(
      @ForAll @IntRange(min = 0, max = 9) int keep,
      @ForAll @IntRange(min = 1, max = 40) int colors,
      @ForAll @IntRange(min = 1, max = 700) int pixels,
      @ForAll Effort effort,
      @ForAll Metric metric,
      @ForAll boolean alpha,
      @ForAll long seed) {
    Random random = new Random(seed);
    int opaque = alpha ? 0 : 0xFF000000;
    int[] kept = random.ints(keep).map(c -> c | opaque).distinct().toArray();
    int k = Math.max(colors, keep);
    ColorHistogram histogram =
        histogram(random.ints(pixels).map(c -> c | opaque & 0xFF3F3F3F).toArray());
    PaletteRequest request =
        new PaletteRequest(k, effort, metric, IntStream.of(kept).boxed().toList());
    int[] entries = Quantizer.quantize(histogram, request, Work.onThreads(1)).palette().toArgb();
    assertArrayEquals(kept, Arrays.copyOf(entries, keep));
    Set<Integer> all = new HashSet<>();
    IntStream.of(kept).forEach(all::add);
    IntStream.of(histogram.colors()).forEach(all::add);
    int distinct = (int) IntStream.of(entries).distinct().count();
    assertEquals(entries.length, distinct);
    assertEquals(keep == k ? k : Math.min(k, all.size()), distinct);
  }

  @Test
  void translucentColoursAreKeptForOpaqueImages() {
    int[] kept = {0, 0x80FF0000, 0xFF00FF00};
    int[] entries = palette(histogram(0xFF010101, 0xFF020202), 16, Effort.DEFAULT, kept);
    assertArrayEquals(new int[] {0, 0x80FF0000, 0xFF00FF00, 0xFF020202, 0xFF010101}, entries);
  }

  /** The remaining slots minimise the error around the kept colours. */
  @Test
  void keptColoursCostLittle() {
    ColorHistogram histogram = ColorHistogram.of(PixelSource.of(100, 80, smooth(100, 80, 5)));
    int[] kept = {0xFF000000, 0xFFFFFFFF, 0xFFFF0000};
    double with = error(histogram, palette(histogram, 32, Effort.DEFAULT, kept));
    double fewer = error(histogram, palette(histogram, 29, Effort.DEFAULT));
    assertTrue(with <= fewer * 1.01, with + " > " + fewer);
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void theOrderOfPixelsDoesNotMatter(Effort effort) {
    int[] argb = smooth(120, 90, 1);
    ColorHistogram histogram = ColorHistogram.of(PixelSource.of(120, 90, argb));
    shuffle(argb, new Random(7));
    ColorHistogram shuffled = ColorHistogram.of(PixelSource.of(90, 120, argb));
    assertArrayEquals(palette(histogram, 24, effort), palette(shuffled, 24, effort));
  }

  @Property(tries = 12)
  void twiceTheColoursNeverRaiseTheError(@ForAll Effort effort, @ForAll long seed) {
    ColorHistogram histogram = ColorHistogram.of(PixelSource.of(50, 40, smooth(50, 40, seed)));
    double last = Double.MAX_VALUE;
    for (int k = 1; k <= 128; k *= 2) {
      double error = error(histogram, palette(histogram, k, effort));
      assertTrue(error <= last, "K = " + k);
      last = error;
    }
  }

  @Property(tries = 60)
  void fewColoursAreKeptUnchanged(
      @ForAll @IntRange(min = 1, max = 300) int colors,
      @ForAll Effort effort,
      @ForAll Metric metric,
      @ForAll boolean alpha,
      @ForAll long seed) {
    int opaque = alpha ? 0 : 0xFF000000;
    int[] argb = new Random(seed).ints(colors).map(c -> c | opaque).toArray();
    ColorMap map =
        Quantizer.quantize(
            histogram(argb),
            new PaletteRequest(colors, effort, metric, List.of()),
            Work.onThreads(2));
    int[] entries = map.palette().toArgb();
    Arrays.sort(entries);
    int[] expected =
        IntStream.of(argb).map(c -> c >>> 24 == 0 ? 0 : c).sorted().distinct().toArray();
    assertArrayEquals(expected, entries);
    for (int i = 0; i < map.histogram().size(); i++) {
      assertEquals(map.histogram().argb(i), map.palette().argb(map.entry(i)));
    }
  }

  /** Rounding is much of the error here, so that moves start from rounded colours again. */
  @Property(tries = 30)
  void bestPalettesOfNearColours(
      @ForAll @IntRange(min = 2, max = 100) int k,
      @ForAll Metric metric,
      @ForAll boolean alpha,
      @ForAll long seed) {
    int opaque = alpha ? 0xF8000000 : 0xFF000000;
    int[] argb = new Random(seed).ints(500).map(c -> c & 0x07070707 | opaque | 0x646060).toArray();
    ColorHistogram histogram = histogram(argb);
    PaletteRequest request = new PaletteRequest(k, Effort.BEST, metric, List.of());
    int[] best = Quantizer.quantize(histogram, request, Work.onThreads(1)).palette().toArgb();
    assertEquals(k, IntStream.of(best).distinct().count());
    if (metric == Metric.RGB && !alpha) {
      double other = error(histogram, palette(histogram, k, Effort.DEFAULT));
      assertTrue(error(histogram, best) <= other);
    }
  }

  /** On images small enough to try all partitions. */
  @Test
  void smallImagesMostlyGetTheOptimum() {
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < 100; i++) {
      int k = 2 + i % 2;
      int[] argb = random.ints(4 + random.nextInt(5)).map(c -> c | 0xFF000000).distinct().toArray();
      ColorHistogram histogram = histogram(argb);
      double optimum = optimum(histogram, k);
      double error = error(histogram, palette(histogram, k, Effort.BEST));
      assertTrue(error >= optimum && error <= 1.15 * optimum, error + ", optimum " + optimum);
      found += error == optimum ? 1 : 0;
    }
    assertTrue(found >= 90, "found " + found);
  }

  /** The least error over all assignments of colours to k rounded means. */
  private static double optimum(ColorHistogram histogram, int k) {
    double least = Double.MAX_VALUE;
    int ways = 1;
    for (int i = 0; i < histogram.size(); i++) {
      ways *= k;
    }
    for (int way = 0; way < ways; way++) {
      int[] sums = new int[4 * k];
      for (int i = 0, w = way; i < histogram.size(); i++, w /= k) {
        int to = w % k * 4;
        for (int c = 0; c < 3; c++) {
          sums[to + c] += histogram.argb(i) >>> 8 * c & 0xFF;
        }
        sums[to + 3]++;
      }
      int[] palette = new int[k];
      for (int c = 0; c < k; c++) {
        int n = Math.max(1, sums[4 * c + 3]);
        for (int d = 0; d < 3; d++) {
          palette[c] |= (2 * sums[4 * c + d] + n) / (2 * n) << 8 * d;
        }
      }
      least = Math.min(least, error(histogram, palette));
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 65536})
  void degenerateImages(int k) {
    for (Effort effort : Effort.values()) {
      assertArrayEquals(new int[] {0xFF123456}, palette(histogram(0xFF123456), k, effort));
      int[] one = new int[1000];
      Arrays.fill(one, 0xFFABCDEF);
      assertArrayEquals(new int[] {0xFFABCDEF}, palette(histogram(one), k, effort));
      assertArrayEquals(new int[] {0}, palette(histogram(0, 0x00FFFFFF, 0x00123456), k, effort));
      int[] two = one.clone();
      two[999] = 0xFF000000;
      int[] both = k == 1 ? new int[] {0xFFABCDEF} : new int[] {0xFF000000, 0xFFABCDEF};
      assertArrayEquals(both, palette(histogram(two), k, effort));
    }
  }

  @Test
  void narrowImagesHaveTheSameColours() {
    int[] argb = smooth(50, 40, 3);
    ColorHistogram tall = ColorHistogram.of(PixelSource.of(1, 2000, argb));
    ColorHistogram wide = ColorHistogram.of(PixelSource.of(2000, 1, argb));
    assertArrayEquals(palette(tall, 9, Effort.DEFAULT), palette(wide, 9, Effort.DEFAULT));
  }

  /** All 16.7 million colours once, more than are counted; the optimum is obvious. */
  @Test
  void everyColourThereIs() {
    PixelSource pixels =
        new PixelSource() {
          @Override
          public int width() {
            return 4096;
          }

          @Override
          public int height() {
            return 4096;
          }

          @Override
          public void readRows(int y, int rows, int[] target) {
            for (int i = 0; i < rows * 4096; i++) {
              target[i] = 0xFF000000 | (y << 12) + i;
            }
          }
        };
    ColorHistogram histogram = ColorHistogram.of(pixels, Work.onThreads(2));
    assertTrue(histogram.isJoined());
    assertEquals(1 << 21, histogram.size());
    ColorMap map =
        Quantizer.quantize(histogram, PaletteRequest.of(8, Effort.FAST), Work.onThreads(2));
    int[] pixelsOf = new int[8];
    for (int i = 0; i < histogram.size(); i++) {
      pixelsOf[map.entry(i)] += histogram.count(i);
    }
    for (int i = 0; i < 8; i++) {
      // A cube for each, 128 wide, its middle 63.5 from the edges.
      assertEquals(1.0 * (1 << 21), pixelsOf[i], 1 << 17);
      for (int shift = 0; shift < 24; shift += 8) {
        assertEquals(64, map.palette().argb(i) >>> shift & 0x7F, 4);
      }
    }
  }
}
