package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexCosts;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.AlphaRule;
import dev.kmq.quantize.NearestColor;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Rate-distortion optimisation: gives each pixel the entry of least squared error + lambda * cost,
 * with the cost of the entry in the index coder in bits, given the entries before; then moves the
 * entries to the means of their pixels, and repeats (entropy-constrained vector quantisation, after
 * Chou, Lookabaugh and Gray, IEEE Trans. ASSP 37(1), 1989). Each pixel depends on those before it,
 * so this runs on one thread.
 */
public final class RateDistortion {
  private static final int PASSES = 4;
  private static final int NEIGHBORS = 4;

  /** Number of near entries tried for each pixel, if the palette is small enough to list them. */
  private static final int NEAR = 8;

  private static final int MOST_LISTED = 2048;

  private final PixelSource pixels;
  private final IndexPlane plane;
  private final double lambda;
  private final Work progress;
  private final int fixed;
  private int[] argb;
  private final boolean alpha;
  private AlphaRule rule;
  private final int[] row;

  private RateDistortion(
      PixelSource pixels, IndexedImage start, int fixed, double lambda, Work progress) {
    this.pixels = pixels;
    this.plane = IndexPlane.allocate(pixels.width(), pixels.height(), start.palette().size());
    plane.copyFrom(start.plane());
    this.lambda = lambda;
    this.progress = progress;
    this.fixed = fixed;
    this.argb = start.palette().toArgb();
    this.alpha = start.palette().hasAlpha();
    this.rule = new AlphaRule(start.palette());
    this.row = new int[pixels.width()];
  }

  /**
   * Optimises an image.
   *
   * @param start the image with every pixel's nearest entry
   * @param fixed number of first entries that do not change
   * @param lambda squared error in 8-bit RGB, summed over three channels, traded for one bit
   * @param coder makes the costs of indices for a plane and a palette, which change little
   *     afterwards
   * @param progress reports each row; only the calling thread works
   * @return the optimised image, without the entries that no pixel uses any more; fixed entries
   *     stay
   */
  public static IndexedImage optimize(
      PixelSource pixels,
      IndexedImage start,
      int fixed,
      double lambda,
      BiFunction<IndexPlane, Palette, ? extends IndexCosts> coder,
      Work progress) {
    if (start.palette().size() == 1) {
      return start;
    }
    RateDistortion work = new RateDistortion(pixels, start, fixed, lambda, progress);
    for (int pass = 0; pass < PASSES; pass++) {
      work.choose(pass, coder.apply(work.plane, work.palette(work.argb)));
      work.moveEntries();
    }
    return work.withoutUnused();
  }

  private Palette palette(int[] entries) {
    return alpha ? Palette.ofArgb(entries) : Palette.ofRgb(entries);
  }

  private void choose(int pass, IndexCosts costs) {
    Palette palette = palette(argb);
    rule = new AlphaRule(palette);
    EntryCache nearest = new EntryCache(new NearestColor(palette, Metric.RGB), alpha);
    int[] near = near();
    for (int y = 0; y < plane.height(); y++) {
      progress.report((pass + (double) y / plane.height()) / PASSES);
      pixels.readRows(y, 1, row);
      costs.startRow();
      for (int x = 0; x < row.length; x++) {
        int entry = nearest.index(row[x]);
        // Fully transparent pixels get the transparent entry, if the palette has one.
        boolean unseen = alpha && (row[x] | argb[entry]) >>> 24 == 0;
        int best = unseen ? entry : best(row[x], entry, near, costs);
        plane.set(x, y, best);
        costs.choose(best);
      }
    }
  }

  private int best(int pixel, int nearest, int[] near, IndexCosts costs) {
    int best = nearest;
    double floor = error(pixel, argb[nearest]);
    double least = floor + lambda * costs.cost(nearest);
    for (int i = 0; i < NEIGHBORS; i++) {
      int candidate = costs.neighbor(i);
      double error = error(pixel, argb[candidate]);
      if (error < least && candidate != best && allowed(pixel, candidate)) {
        double cost = error + lambda * costs.cost(candidate);
        if (cost < least) {
          least = cost;
          best = candidate;
        }
      }
    }
    int listed = near.length / argb.length;
    for (int i = nearest * listed; i < (nearest + 1) * listed && least > floor; i++) {
      double error = error(pixel, argb[near[i]]);
      if (error < least && allowed(pixel, near[i])) {
        double cost = error + lambda * costs.cost(near[i]);
        if (cost < least) {
          least = cost;
          best = near[i];
        }
      }
    }
    return best;
  }

  private boolean allowed(int pixel, int entry) {
    return !alpha || rule.allows(pixel, argb[entry]);
  }

  /** For each entry the nearest other ones, nearest first; none in a large palette. */
  private int[] near() {
    int colors = argb.length;
    int listed = colors > MOST_LISTED ? 0 : Math.min(NEAR, colors - 1);
    int[] near = new int[colors * listed];
    long[] keys = new long[colors];
    for (int from = 0; from < colors && listed > 0; from++) {
      for (int to = 0; to < colors; to++) {
        keys[to] = (long) (error(argb[from], argb[to]) * 255 * 255) << 16 | to;
      }
      keys[from] = Long.MAX_VALUE;
      Arrays.sort(keys);
      for (int i = 0; i < listed; i++) {
        near[from * listed + i] = (int) keys[i] & 0xFFFF;
      }
    }
    return near;
  }

  /** The squared error: the larger of those on black and on white. */
  private double error(int a, int b) {
    if (alpha) {
      return ColorError.scaledSquare(a, b) / (255.0 * 255.0);
    }
    int red = (a >>> 16 & 0xFF) - (b >>> 16 & 0xFF);
    int green = (a >>> 8 & 0xFF) - (b >>> 8 & 0xFF);
    int blue = (a & 0xFF) - (b & 0xFF);
    return red * red + green * green + blue * blue;
  }

  private void moveEntries() {
    long[] sums = new long[4 * argb.length];
    long[] counts = new long[argb.length];
    for (int y = 0; y < plane.height(); y++) {
      pixels.readRows(y, 1, row);
      for (int x = 0; x < row.length; x++) {
        int entry = plane.get(x, y);
        int pixel = row[x];
        long weight = alpha ? pixel >>> 24 : 1;
        sums[4 * entry] += weight * (pixel >>> 16 & 0xFF);
        sums[4 * entry + 1] += weight * (pixel >>> 8 & 0xFF);
        sums[4 * entry + 2] += weight * (pixel & 0xFF);
        sums[4 * entry + 3] += weight;
        counts[entry]++;
      }
    }
    int[] moved = argb.clone();
    for (int entry = fixed; entry < moved.length; entry++) {
      long weight = sums[4 * entry + 3];
      int alphaBefore = argb[entry] >>> 24;
      if (weight > 0 && alphaBefore > 0) {
        moved[entry] = mean(sums, 4 * entry, counts[entry], alphaBefore == 255);
      }
    }
    argb = moved;
  }

  /**
   * The premultiplied mean of pixels; {@code sums} are of their channels times alpha and of alpha.
   * An entry that is opaque stays so.
   */
  private int mean(long[] sums, int at, long count, boolean opaque) {
    long weight = !alpha ? count : opaque ? 255 * count : sums[at + 3];
    int opacity = !alpha || opaque ? 255 : rounded(weight, count);
    return opacity << 24
        | rounded(sums[at], weight) << 16
        | rounded(sums[at + 1], weight) << 8
        | rounded(sums[at + 2], weight);
  }

  private static int rounded(long sum, long count) {
    return (int) ((2 * sum + count) / (2 * count));
  }

  private IndexedImage withoutUnused() {
    boolean[] used = new boolean[argb.length];
    Arrays.fill(used, 0, fixed, true);
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        used[plane.get(x, y)] = true;
      }
    }
    int[] place = new int[argb.length];
    int[] left = new int[argb.length];
    int size = 0;
    for (int entry = 0; entry < argb.length; entry++) {
      place[entry] = size;
      if (used[entry]) {
        left[size++] = argb[entry];
      }
    }
    IndexPlane compact = IndexPlane.allocate(plane.width(), plane.height(), size);
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        compact.set(x, y, place[plane.get(x, y)]);
      }
    }
    return new IndexedImage(palette(Arrays.copyOf(left, size)), compact);
  }
}
