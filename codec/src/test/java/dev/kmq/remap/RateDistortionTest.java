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
import dev.kmq.quantize.NearestColor;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

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
            1,
            (p, entries) -> new EntryCosts(free),
            Work.onThreads(1));
    assertEquals(Palette.ofArgb(0x60FF0000, 0, 0xFF0000FF), result.palette());
  }
}
