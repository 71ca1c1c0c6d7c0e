package dev.kmq.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.concurrent.Work;
import dev.kmq.image.Effort;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast paths of quantising against slow and obvious ones. */
class QuantizeTest {
  /** Enough pixels for several threads; alpha from 0 to 255. */
  private static PixelSource large(int height, boolean alpha, long seed) {
    int[] argb = new Random(seed).ints(600L * height).map(c -> c & 0xF8F0F0F8).toArray();
    for (int i = 0; i < argb.length; i++) {
      argb[i] = alpha ? argb[i] : argb[i] | 0xFF000000;
    }
    return PixelSource.of(600, height, argb);
  }

  @Test
  void coloursAreInTheOrderThatMergingRequires() {
    for (int threads : new int[] {1, 3}) {
      PixelSource pixels = large(500, true, 3);
      checkCounts(pixels, threads);
      assertRising(ColorHistogram.of(pixels, Work.onThreads(threads)));
      assertRising(
          ColorHistogram.ofAll(
              List.of(pixels, large(500, true, 4), large(500, false, 5)),
              new double[] {1, 2, 3},
              Work.onThreads(threads)));
    }
  }

  private static void assertRising(ColorHistogram histogram) {
    for (int i = 1; i < histogram.size(); i++) {
      assertTrue(ColorHistogram.key(histogram.argb(i - 1)) < ColorHistogram.key(histogram.argb(i)));
    }
  }

  /** More than 2^16 colours, so that the loops are divided; a tree above 1024 centres. */
  @ParameterizedTest
  @CsvSource({"16, FAST", "300, FAST", "1100, FAST", "16, DEFAULT", "5, BEST"})
  void imagesAreTheSameOnAnyNumberOfThreads(int k, Effort effort) {
    PixelSource pixels = large(150, true, 7);
    assertTrue(Work.onThreads(8).parts(ColorHistogram.of(pixels).size()) > 1);
    EncodeOptions.Builder options = EncodeOptions.builder().colors(k).effort(effort);
    IndexedImage one = new KmqEncoder(options.threads(1).build()).quantize(pixels);
    for (int threads : k == 16 && effort == Effort.FAST ? new int[] {2, 3, 8} : new int[] {3}) {
      IndexedImage other = new KmqEncoder(options.threads(threads).build()).quantize(pixels);
      assertEquals(one.palette(), other.palette());
      assertArrayEquals(one.toArgb(), other.toArgb());
    }
  }

  @Test
  void onePaletteForTranslucentImagesHasNoColourTwice() {
    PixelSource a = PixelSource.of(3, 1, new int[] {0x90FF0000, 0x10FF0000, 0xFF00FF00});
    PixelSource b = PixelSource.of(3, 1, new int[] {0x10FF0000, 0x90FF0000, 0x800000FF});
    Palette palette = new KmqEncoder(EncodeOptions.builder().build()).palette(List.of(a, b));
    assertEquals(4, palette.size());
    assertEquals(4, Arrays.stream(palette.toArgb()).distinct().count());
  }

  /** Pixels around some centres, with repeats; alpha of all kinds if asked for. */
  private static PixelSource picture(int width, int height, boolean alpha, long seed) {
    Random random = new Random(seed);
    int[] centers = random.ints(12).toArray();
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      int center = centers[random.nextInt(centers.length)];
      int color = alpha ? center >>> 24 << 24 : 0xFF000000;
      for (int shift = 0; shift < 24; shift += 8) {
        int value = (center >>> shift & 0xFF) + (int) (12 * random.nextGaussian());
        color |= Math.max(0, Math.min(255, value)) << shift;
      }
      argb[i] = color;
    }
    return PixelSource.of(width, height, argb);
  }

  private static int brute(WeightedPoints points, int i, double[] centers) {
    return brute(points, i, centers, c -> true);
  }

  private static int brute(WeightedPoints points, int i, double[] centers, IntPredicate allowed) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int c = 0; c * points.dims < centers.length; c++) {
      double distance = distance(points, i, centers, c);
      if (distance < least && allowed.test(c)) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  /** The entries that a pixel may have: the most restrictive kind that the palette has. */
  private static IntPredicate allowed(Palette palette, int pixel) {
    int alpha = pixel >>> 24;
    List<IntPredicate> kinds =
        alpha == 0
            ? List.of(a -> a == 0)
            : alpha == 255 ? List.of(a -> a == 255, a -> a > 0) : List.of(a -> a > 0);
    for (IntPredicate kind : kinds) {
      if (Arrays.stream(palette.toArgb()).anyMatch(entry -> kind.test(entry >>> 24))) {
        return c -> kind.test(palette.argb(c) >>> 24);
      }
    }
    return c -> true;
  }

  private static double distance(WeightedPoints points, int i, double[] centers, int c) {
    double sum = 0;
    for (int d = 0; d < points.dims; d++) {
      double gap = points.coordinates[i * points.dims + d] - centers[c * points.dims + d];
      sum += gap * gap;
    }
    return sum;
  }

  @Property(tries = 30)
  void histogramCountsWhatAMapCounts(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll boolean alpha,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll long seed) {
    PixelSource pixels = picture(width, height, alpha, seed);
    checkCounts(pixels, threads);
  }

  private static void checkCounts(PixelSource pixels, int threads) {
    int[] argb = new int[pixels.width() * pixels.height()];
    pixels.readRows(0, pixels.height(), argb);
    Map<Integer, Integer> expected = new HashMap<>();
    for (int color : argb) {
      expected.merge(color >>> 24 == 0 ? 0 : color, 1, Integer::sum);
    }
    ColorHistogram histogram = ColorHistogram.of(pixels, Work.onThreads(threads));
    assertEquals(expected.size(), histogram.size());
    for (int i = 0; i < histogram.size(); i++) {
      assertEquals(expected.get(histogram.argb(i)), histogram.count(i));
    }
  }

  @Test
  void countsOfAllSizesAreExact() {
    int[] argb = new int[300_000];
    int at = 0;
    int[] counts = {1, 2, 126, 127, 128, 129, 254, 255, 256, 257, 32767, 32768, 65535, 65536};
    for (int i = 0; i < counts.length; i++) {
      Arrays.fill(argb, at, at + counts[i], 0xFF000000 | 31 * i);
      at += counts[i];
    }
    Arrays.fill(argb, at, argb.length, 0xFFFFFFFF);
    int[] shuffled = argb.clone();
    Random random = new Random(3);
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = swap;
    }
    for (int threads : new int[] {1, 2, 3}) {
      checkCounts(PixelSource.of(600, 500, argb), threads);
      checkCounts(PixelSource.of(600, 500, shuffled), threads);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,false,RGB",
    "2,false,OKLAB",
    "5,true,RGB",
    "16,false,RGB",
    "17,true,OKLAB",
    "40,false,OKLAB",
    "200,true,RGB"
  })
  void stepsAreThoseOfBruteForceAndNeverRaiseTheError(int k, boolean alpha, Metric metric) {
    ColorHistogram histogram = ColorHistogram.of(picture(60, 50, alpha, k));
    WeightedPoints points =
        WeightedPoints.of(histogram, new ColorCoordinates(metric, alpha), false, Work.onThreads(1));
    int[] labels = VarianceCut.labels(points, k, Work.onThreads(1));
    Lloyd lloyd = Lloyd.ofLabels(points, new double[0], labels, k, Work.onThreads(2));
    double last = Double.MAX_VALUE;
    for (int step = 0; step < 12; step++) {
      lloyd.assign();
      double error = 0;
      for (int i = 0; i < points.size; i++) {
        int nearest = brute(points, i, lloyd.centers);
        assertEquals(nearest, lloyd.labels[i], "point " + i + ", step " + step);
        error += points.weight[i] * distance(points, i, lloyd.centers, nearest);
      }
      assertTrue(error <= last * (1 + 1e-12), error + " > " + last);
      last = error;
      lloyd.move();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 100, 256, 1000, 2500})
  void everyColourIsMappedToItsNearestEntry(int k) {
    for (boolean alpha : new boolean[] {false, true}) {
      ColorHistogram histogram = ColorHistogram.of(picture(64, 48, alpha, k));
      int[] entries = new Random(k).ints(k).toArray();
      entries[k - 1] = entries[0];
      Palette palette = alpha ? Palette.ofArgb(entries) : Palette.ofRgb(entries);
      for (Metric metric : Metric.values()) {
        checkNearest(histogram, palette, metric);
      }
    }
  }

  /** Colours and entries on a coarse lattice, so that many entries are equally near. */
  @Property(tries = 60)
  void ofEquallyNearEntriesTheFirstIsTaken(
      @ForAll @IntRange(min = 1, max = 300) int k,
      @ForAll @IntRange(min = 2, max = 9) int levels,
      @ForAll boolean alpha,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] pixels = new int[900];
    int[] entries = new int[k];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = lattice(random, 2 * levels, alpha);
    }
    for (int i = 0; i < k; i++) {
      entries[i] = lattice(random, levels, alpha);
    }
    Palette palette = alpha ? Palette.ofArgb(entries) : Palette.ofRgb(entries);
    checkNearest(ColorHistogram.of(PixelSource.of(30, 30, pixels)), palette, Metric.RGB);
  }

  private static int lattice(Random random, int levels, boolean alpha) {
    int step = 240 / levels;
    int rgb =
        random.nextInt(levels) * step << 16
            | random.nextInt(levels) * step << 8
            | random.nextInt(levels) * step;
    return rgb | (alpha ? 85 * random.nextInt(4) : 255) << 24;
  }

  private static void checkNearest(ColorHistogram histogram, Palette palette, Metric metric) {
    ColorMap map = ColorMap.nearest(histogram, palette, metric, Work.onThreads(2));
    NearestColor nearest = new NearestColor(palette, metric);
    ColorCoordinates space = new ColorCoordinates(metric, palette.hasAlpha());
    WeightedPoints points = WeightedPoints.of(histogram, space, false, Work.onThreads(1));
    double[] centers = space.place(palette.toArgb());
    for (int i = 0; i < histogram.size(); i++) {
      int color = histogram.argb(i);
      int expected = brute(points, i, centers, allowed(palette, color));
      assertEquals(expected, map.entry(i));
      assertEquals(expected, nearest.index(color));
      int[] several = new int[5];
      int found = nearest.nearest(color, color, several);
      assertEquals(expected, several[0]);
      for (int n = 0; n < found; n++) {
        assertTrue(allowed(palette, color).test(several[n]));
      }
    }
  }

  /** Computed palettes map as given ones do, even if entries are equally near. */
  @Property(tries = 60)
  void computedPalettesAreMappedLikeGivenOnes(
      @ForAll @IntRange(min = 1, max = 40) int k,
      @ForAll Effort effort,
      @ForAll Metric metric,
      @ForAll boolean alpha,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] pixels = new int[900];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = lattice(random, 12, alpha);
    }
    ColorHistogram histogram = ColorHistogram.of(PixelSource.of(30, 30, pixels));
    ColorMap map =
        Quantizer.quantize(
            histogram, new PaletteRequest(k, effort, metric, List.of()), Work.onThreads(1));
    ColorCoordinates space = new ColorCoordinates(metric, map.palette().hasAlpha());
    WeightedPoints points = WeightedPoints.of(histogram, space, false, Work.onThreads(1));
    double[] centers = space.place(map.palette().toArgb());
    for (int i = 0; i < histogram.size(); i++) {
      IntPredicate allowed = k == 1 ? c -> true : allowed(map.palette(), histogram.argb(i));
      assertEquals(brute(points, i, centers, allowed), map.entry(i));
    }
  }

  /** Opaque points only have opaque centres, which stay opaque; with a tree above 1024 centres. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 17, 200, 1100})
  void opaquePointsAreWithTheNearestOpaqueCentre(int k) {
    int[] argb = new int[90 * 70];
    Random random = new Random(k);
    for (int i = 0; i < argb.length; i++) {
      int alpha = random.nextBoolean() ? 255 : 200 + random.nextInt(55);
      argb[i] = alpha << 24 | random.nextInt(1 << 24) & 0x3F3FFF;
    }
    ColorHistogram histogram = ColorHistogram.of(PixelSource.of(90, 70, argb));
    WeightedPoints points =
        WeightedPoints.of(
            histogram, new ColorCoordinates(Metric.RGB, true), true, Work.onThreads(1));
    int[] labels = VarianceCut.labels(points, k, Work.onThreads(1));
    Lloyd lloyd = Lloyd.ofLabels(points, new double[0], labels, k, Work.onThreads(2));
    double last = Double.MAX_VALUE;
    for (int step = 0; step < 6; step++) {
      lloyd.assign();
      double error = 0;
      for (int i = 0; i < points.size; i++) {
        boolean opaque = histogram.argb(i) >>> 24 == 255;
        int nearest = brute(points, i, lloyd.centers, c -> !opaque || lloyd.opaque(c));
        assertEquals(nearest, lloyd.labels[i], "point " + i + ", step " + step);
        error += points.weight[i] * distance(points, i, lloyd.centers, nearest);
      }
      assertEquals(error, lloyd.errorHere(), 1e-9 * error);
      assertTrue(error <= last * (1 + 1e-12), error + " > " + last);
      last = error;
      lloyd.move();
      for (int c = 0; c < k; c++) {
        boolean full = lloyd.centers[4 * c + 3] == points.opaqueAlpha();
        assertEquals(lloyd.opaque(c), full);
      }
    }
  }

  /** Above 1024 centres the nearest ones are found by a tree. */
  @ParameterizedTest
  @EnumSource(Effort.class)
  void exactlyTheRequestedNumberOfColours(Effort effort) {
    for (boolean alpha : new boolean[] {false, true}) {
      ColorHistogram histogram = ColorHistogram.of(picture(60, 50, alpha, 8));
      for (int k : new int[] {1, 2, 3, 15, 64, 257, 1100}) {
        PaletteRequest request = PaletteRequest.of(k, effort);
        Palette palette = Quantizer.quantize(histogram, request, Work.onThreads(1)).palette();
        assertEquals(k, Arrays.stream(palette.toArgb()).distinct().count());
      }
    }
  }

  @Test
  void errorNeverRisesWithEffort() {
    for (int k : new int[] {2, 8, 30, 100}) {
      ColorHistogram histogram = ColorHistogram.of(picture(100, 80, false, k));
      double last = Double.MAX_VALUE;
      for (Effort effort : Effort.values()) {
        ColorMap map =
            Quantizer.quantize(histogram, PaletteRequest.of(k, effort), Work.onThreads(2));
        ColorCoordinates space = new ColorCoordinates(Metric.RGB, false);
        WeightedPoints points = WeightedPoints.of(histogram, space, false, Work.onThreads(1));
        double[] centers = space.place(map.palette().toArgb());
        double error = 0;
        for (int i = 0; i < points.size; i++) {
          int nearest = brute(points, i, centers);
          assertEquals(
              distance(points, i, centers, nearest), distance(points, i, centers, map.entry(i)));
          error += points.weight[i] * distance(points, i, centers, map.entry(i));
        }
        assertTrue(error <= last, effort + " at K = " + k);
        last = error;
      }
    }
  }
}
