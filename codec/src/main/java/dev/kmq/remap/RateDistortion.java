package dev.kmq.remap;

import dev.kmq.concurrent.Work;
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
 * Rate-distortion optimisation: gives each pixel the entry of least error + lambda * cost, with the
 * cost of the entry in the index coder in bits, given the entries before; then moves the entries to
 * the means of their pixels, and repeats (entropy-constrained vector quantisation, after Chou,
 * Lookabaugh and Gray, IEEE Trans. ASSP 37(1), 1989). Each pixel depends on those before it, so
 * this runs on one thread.
 */
public final class RateDistortion {
  private static final int PASSES = 4;
  private static final int NEIGHBORS = 4;

  /** Number of near entries tried for each pixel, if the palette is small enough to list them. */
  private static final int NEAR = 8;

  private static final int MOST_LISTED = 2048;

  private final IndexPlane plane;
  private final double lambda;
  private final Work progress;
  private final int fixed;
  private final Metric metric;
  private final PixelErrors errors;
  private int[] argb;
  private final boolean alpha;
  private AlphaRule rule;
  private int[] row = {};

  private RateDistortion(
      PixelSource pixels,
      IndexedImage start,
      int fixed,
      Metric metric,
      double lambda,
      Work progress) {
    this.plane = IndexPlane.allocate(pixels.width(), pixels.height(), start.palette().size());
    plane.copyFrom(start.plane());
    this.lambda = lambda;
    this.progress = progress;
    this.fixed = fixed;
    this.metric = metric;
    this.errors = PixelErrors.of(pixels, metric, start.palette().hasAlpha());
    this.argb = start.palette().toArgb();
    this.alpha = start.palette().hasAlpha();
    this.rule = new AlphaRule(start.palette());
  }

  /**
   * Optimises an image.
   *
   * @param start the image with every pixel's nearest entry
   * @param fixed number of first entries that do not change
   * @param metric space of the error; in Oklab, errors count less where the image is busy
   * @param lambda error traded for one bit, in squared steps of 8-bit channels summed over three
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
      Metric metric,
      double lambda,
      BiFunction<IndexPlane, Palette, ? extends IndexCosts> coder,
      Work progress) {
    if (start.palette().size() == 1) {
      return start;
    }
    RateDistortion work = new RateDistortion(pixels, start, fixed, metric, lambda, progress);
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
    EntryCache nearest = new EntryCache(new NearestColor(palette, metric), alpha);
    errors.start(palette);
    int[] near = near();
    for (int y = 0; y < plane.height(); y++) {
      progress.report((pass + (double) y / plane.height()) / PASSES);
      row = errors.nextRow();
      costs.startRow();
      for (int x = 0; x < row.length; x++) {
        int entry = nearest.index(row[x]);
        // Fully transparent pixels get the transparent entry, if the palette has one.
        boolean unseen = alpha && (row[x] | argb[entry]) >>> 24 == 0;
        int best = unseen ? entry : best(x, entry, near, costs);
        plane.set(x, y, best);
        errors.add(x, best);
        costs.choose(best);
      }
    }
  }

  private int best(int x, int nearest, int[] near, IndexCosts costs) {
    int best = nearest;
    double least = errors.error(x, nearest) + lambda * costs.cost(nearest);
    for (int i = 0; i < NEIGHBORS; i++) {
      int candidate = costs.neighbor(i);
      double error = errors.error(x, candidate);
      if (error < least && candidate != best && allowed(row[x], candidate)) {
        double cost = error + lambda * costs.cost(candidate);
        if (cost < least) {
          least = cost;
          best = candidate;
        }
      }
    }
    int listed = near.length / argb.length;
    for (int i = nearest * listed; i < (nearest + 1) * listed; i++) {
      double error = errors.error(x, near[i]);
      if (error < least && allowed(row[x], near[i])) {
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
        keys[to] = (long) (errors.gap(from, to) * 255 * 255) << 16 | to;
      }
      keys[from] = Long.MAX_VALUE;
      Arrays.sort(keys);
      for (int i = 0; i < listed; i++) {
        near[from * listed + i] = (int) keys[i] & 0xFFFF;
      }
    }
    return near;
  }

  private void moveEntries() {
    int[] moved = argb.clone();
    for (int entry = fixed; entry < moved.length; entry++) {
      moved[entry] = errors.mean(entry);
    }
    argb = moved;
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
