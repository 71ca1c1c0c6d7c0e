package dev.kmq.remap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexCosts;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.AlphaRule;
import dev.kmq.quantize.ColorCoordinates;
import dev.kmq.quantize.NearestColor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RateDistortionTest {
  /** A coder with a fixed cost per entry, whose neighbours are the first four entries. */
  private static final class EntryCosts implements IndexCosts {
    private final float[] costs;

    EntryCosts(float[] costs) {
      this.costs = costs;
    }

    @Override
    public void startRow() {}

    @Override
    public float cost(int index) {
      return costs[index];
    }

    @Override
    public int neighbor(int which) {
      return Math.min(which, costs.length - 1);
    }

    @Override
    public void choose(int index) {}
  }

  private static PixelSource noise(int width, int height, Random random) {
    int[] pixels = random.ints((long) width * height).map(c -> c | 0xFF000000).toArray();
    return PixelSource.of(width, height, pixels);
  }

  private static IndexedImage nearest(PixelSource pixels, Palette palette) {
    NearestColor nearest = new NearestColor(palette, Metric.RGB);
    int[] argb = new int[pixels.width() * pixels.height()];
    pixels.readRows(0, pixels.height(), argb);
    IndexPlane plane = IndexPlane.allocate(pixels.width(), pixels.height(), palette.size());
    for (int i = 0; i < argb.length; i++) {
      plane.set(i % pixels.width(), i / pixels.width(), nearest.index(argb[i]));
    }
    return new IndexedImage(palette, plane);
  }

  private static int error(int a, int b) {
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int gap = (a >>> shift & 0xFF) - (b >>> shift & 0xFF);
      sum += gap * gap;
    }
    return sum;
  }

  /** A source that can only start again at the top. */
  private static PixelSource sequential(PixelSource pixels) {
    return new PixelSource() {
      private int next;

      @Override
      public int width() {
        return pixels.width();
      }

      @Override
      public int height() {
        return pixels.height();
      }

      @Override
      public void readRows(int y, int rows, int[] target) {
        assertTrue(y == 0 || y == next, "row " + y + " instead of " + next);
        next = y + rows;
        pixels.readRows(y, rows, target);
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void rowsAreReadFromTopToBottom(Metric metric) {
    PixelSource pixels = noise(5, 9, new Random(1));
    Palette palette = Palette.ofRgb(0x102030, 0xA0B0C0);
    IndexedImage result =
        RateDistortion.optimize(
            sequential(pixels),
            nearest(pixels, palette),
            2,
            metric,
            1,
            (plane, entries) -> new EntryCosts(new float[2]),
            Work.onThreads(1));
    assertEquals(palette, result.palette());
  }

  /** With at most nine entries, all fixed, every entry is a candidate. */
  @Property(tries = 100)
  void everyPixelHasTheEntryOfLeastCost(
      @ForAll @IntRange(min = 2, max = 9) int colors,
      @ForAll @DoubleRange(min = 0.01, max = 20_000) double lambda,
      @ForAll long seed) {
    Random random = new Random(seed);
    PixelSource pixels = noise(13, 11, random);
    Palette palette = Palette.ofRgb(random.ints(colors).toArray());
    float[] costs = new float[colors];
    for (int i = 0; i < colors; i++) {
      costs[i] = random.nextInt(1000) / 100f;
    }
    IndexedImage result =
        RateDistortion.optimize(
            pixels,
            nearest(pixels, palette),
            colors,
            Metric.RGB,
            lambda,
            (plane, entries) -> new EntryCosts(costs),
            Work.onThreads(1));
    assertEquals(palette, result.palette());
    int[] argb = new int[13 * 11];
    pixels.readRows(0, 11, argb);
    for (int i = 0; i < argb.length; i++) {
      int chosen = result.plane().get(i % 13, i / 13);
      double cost = error(argb[i], palette.argb(chosen)) + lambda * costs[chosen];
      for (int entry = 0; entry < colors; entry++) {
        assertTrue(cost <= error(argb[i], palette.argb(entry)) + lambda * costs[entry] + 1e-6);
      }
    }
  }

  /** The coordinates of a colour in Oklab, in steps of 8-bit channels. */
  private static double[] steps(int argb, boolean alpha) {
    ColorCoordinates space = new ColorCoordinates(Metric.OKLAB, alpha);
    double[] at = space.place(new int[] {argb});
    at[1] /= space.chroma;
    at[2] /= space.chroma;
    return Arrays.stream(at).map(v -> v * Math.sqrt(3) / 255).toArray();
  }

  private static double oklabError(int a, int b, boolean alpha) {
    double[] from = steps(a, alpha);
    double[] to = steps(b, alpha);
    return IntStream.range(0, from.length)
        .mapToDouble(d -> (from[d] - to[d]) * (from[d] - to[d]))
        .sum();
  }

  /** The weight of a pixel by the definition: two passes over the 5x5 pixels around it. */
  private static double weight(int[] argb, int width, int at, boolean alpha) {
    int height = argb.length / width;
    List<Double> around = new ArrayList<>();
    for (int y = Math.max(0, at / width - 2); y <= Math.min(height - 1, at / width + 2); y++) {
      for (int x = Math.max(0, at % width - 2); x <= Math.min(width - 1, at % width + 2); x++) {
        around.add(steps(argb[y * width + x], alpha)[0]);
      }
    }
    double mean = around.stream().mapToDouble(v -> v).average().orElseThrow();
    double variance =
        around.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return Math.pow(1 + variance / 2, -0.625);
  }

  @Property(tries = 60)
  void inOklabErrorsCountLessWhereTheImageIsBusy(
      @ForAll @IntRange(min = 2, max = 9) int colors,
      @ForAll @DoubleRange(min = 0.01, max = 2000) double lambda,
      @ForAll @IntRange(min = 1, max = 16) int width,
      @ForAll @IntRange(min = 1, max = 16) int height,
      @ForAll boolean alpha,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      int flat = 0xFF000000 | 0x010101 * (i % width * 8);
      argb[i] = random.nextBoolean() ? flat : random.nextInt() | (alpha ? 0 : 0xFF000000);
    }
    int[] entries = random.ints(colors).map(c -> c | 0xFF000000).toArray();
    if (alpha) {
      entries[0] = 0x80808080;
    }
    Palette palette = alpha ? Palette.ofArgb(entries) : Palette.ofRgb(entries);
    float[] costs = new float[colors];
    for (int i = 0; i < colors; i++) {
      costs[i] = random.nextInt(1000) / 100f;
    }
    PixelSource pixels = PixelSource.of(width, height, argb);
    IndexedImage result =
        RateDistortion.optimize(
            pixels,
            nearest(pixels, palette),
            colors,
            Metric.OKLAB,
            lambda,
            (plane, all) -> new EntryCosts(costs),
            Work.onThreads(1));
    AlphaRule rule = new AlphaRule(palette);
    for (int i = 0; i < argb.length; i++) {
      double weight = weight(argb, width, i, alpha);
      int chosen = result.plane().get(i % width, i / width);
      double cost = weight * oklabError(argb[i], entries[chosen], alpha) + lambda * costs[chosen];
      for (int entry = 0; entry < colors; entry++) {
        if (rule.allows(argb[i], entries[entry])) {
          double other =
              weight * oklabError(argb[i], entries[entry], alpha) + lambda * costs[entry];
          assertTrue(cost <= other * 1.000_01, cost + " > " + other);
        }
      }
    }
  }

  @Test
  void inOklabEntriesAreTheWeightedMeansOfTheirPixels() {
    int[] argb = new int[64];
    Arrays.fill(argb, 0xFF808080);
    for (int i = 0; i < 12; i++) {
      argb[i] = i % 2 == 0 ? 0xFFFFFFFF : 0xFF000000; // busy, so these count little
    }
    PixelSource pixels = PixelSource.of(64, 1, argb);
    IndexedImage result =
        RateDistortion.optimize(
            pixels,
            nearest(pixels, Palette.ofRgb(0x707070, 0xFF0000)),
            0,
            Metric.OKLAB,
            1,
            (plane, entries) -> new EntryCosts(new float[] {0, 1e6f}),
            Work.onThreads(1));
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < argb.length; i++) {
      sum += weight(argb, 64, i, false) * steps(argb[i], false)[0];
      weights += weight(argb, 64, i, false);
    }
    assertEquals(1, result.palette().size());
    assertEquals(sum / weights, steps(result.palette().argb(0), false)[0], 0.5);
  }

  @Test
  void entriesAreTheMeansOfTheirPixelsAndTheUnusedAreGone() {
    int[] argb = {0xFF000000, 0xFF000004, 0xFF0000F0, 0xFF0000F2};
    PixelSource pixels = PixelSource.of(4, 1, argb);
    Palette palette = Palette.ofRgb(0x000001, 0xFFFFFF, 0x0000F0);
    float[] free = new float[3];
    IndexedImage result =
        RateDistortion.optimize(
            pixels,
            nearest(pixels, palette),
            0,
            Metric.RGB,
            1,
            (plane, entries) -> new EntryCosts(free),
            Work.onThreads(1));
    assertEquals(Palette.ofRgb(0x000002, 0x0000F1), result.palette());
    assertEquals(0, result.plane().get(1, 0));
    assertEquals(1, result.plane().get(2, 0));
    IndexedImage kept =
        RateDistortion.optimize(
            pixels,
            nearest(pixels, palette),
            2,
            Metric.RGB,
            1,
            (plane, entries) -> new EntryCosts(free),
            Work.onThreads(1));
    assertEquals(Palette.ofRgb(0x000001, 0xFFFFFF, 0x0000F1), kept.palette());
  }

  @Test
  void meansOfTransparentPixelsAreTakenByWhatIsSeen() {
    int[] argb = {0x80FF0000, 0x40FF0000, 0x00123456, 0xFF0000FF};
    PixelSource pixels = PixelSource.of(4, 1, argb);
    Palette palette = Palette.ofArgb(0x60F00000, 0, 0xFF0000FF);
    IndexPlane plane = IndexPlane.allocate(4, 1, 3);
    plane.set(2, 0, 1);
    plane.set(3, 0, 2);
    float[] free = new float[3];
    IndexedImage result =
        RateDistortion.optimize(
            pixels,
            new IndexedImage(palette, plane),
            0,
            Metric.RGB,
            1,
            (p, entries) -> new EntryCosts(free),
            Work.onThreads(1));
    assertEquals(Palette.ofArgb(0x60FF0000, 0, 0xFF0000FF), result.palette());
  }
}
