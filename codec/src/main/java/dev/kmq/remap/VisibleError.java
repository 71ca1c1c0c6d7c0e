package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.ColorCoordinates;
import dev.kmq.quantize.EntrySearch;
import java.util.Arrays;

/**
 * An image with an entry for each pixel, and the error that the eye sees: that of the coordinates,
 * filtered by {@link EyeFilter}. Its energy is lowered by turns, by other entries (iterated
 * conditional modes, Besag, J. R. Stat. Soc. B 48(3), 1986) and by other colours of the entries
 * (least squares). Fully transparent pixels have no error.
 *
 * <p>Rows are processed in bands, first the even ones, then the odd ones, so that bands that are
 * processed at the same time do not touch the same pixels. So results do not depend on threads.
 */
final class VisibleError {
  /** Rows of a band; more than the reach of the filter on both sides. */
  private static final int BAND = 64;

  private static final int RADIUS = EyeFilter.RADIUS;

  /** Entry of fully transparent pixels, which are left as they are. */
  private static final int NONE = -1;

  /** An entry is changed only if this part of its squared distance is gained, against rounding. */
  private static final float LEAST_GAIN = 1e-5f;

  private static final double RIDGE = 1e-3;

  private final int width;
  private final int height;
  private final int stride;

  /** First row whose entries may change. */
  private final int first;

  private final int bands;
  private final ColorCoordinates space;
  private final EyeFilter[] filters;
  private final float[] scale;
  private final boolean alpha;

  /** Scaled coordinates of the pixels, axis by axis. */
  private final float[][] wanted;

  /** Alpha of the pixels, if there is any. */
  private final byte[] opacity;

  /** Filtered errors, axis by axis, with {@link EyeFilter#RADIUS} more pixels on each side. */
  private final float[][] seen;

  private final float[] errors;
  private final int[] entries;
  private final LocalHues hues;

  /** The hues around the pixels of each row, and those of the entries. */
  private final long[][] home;

  private long[] sets;
  private Palette palette;
  private EntrySearch search;

  /**
   * Starts with no entries chosen.
   *
   * @param top first row
   * @param height number of rows
   * @param first number of rows at the top whose entries are set and do not change
   * @param given whether entries of any hue may be chosen everywhere, as from a given palette
   */
  VisibleError(
      PixelSource pixels,
      int top,
      int height,
      int first,
      Palette palette,
      Metric metric,
      boolean given) {
    this.width = pixels.width();
    this.height = height;
    this.stride = width + 2 * RADIUS;
    this.first = first;
    this.bands = (height - first + BAND - 1) / BAND;
    this.alpha = palette.hasAlpha();
    this.space = new ColorCoordinates(metric, alpha);
    this.filters = EyeFilter.of(metric);
    this.scale =
        new float[] {filters[0].scale, filters[1].scale, filters[2].scale, filters[3].scale};
    this.wanted = new float[space.dims][width * height];
    this.opacity = new byte[alpha ? width * height : 0];
    this.seen = new float[space.dims][stride * (height + 2 * RADIUS)];
    this.errors = new float[seen[0].length];
    this.entries = new int[width * height];
    place(pixels, top);
    this.hues = given ? LocalHues.ignored(pixels) : LocalHues.of(pixels, palette);
    this.home = new long[height][];
    for (int y = 0; y < height; y++) {
      home[y] = hues.row(top + y);
    }
    this.sets = hues.ofEntries(palette);
    this.palette = palette;
    this.search = new EntrySearch(palette, space, scale);
  }

  private void place(PixelSource pixels, int top) {
    int[] row = new int[width];
    short[] at = new short[space.dims];
    double[] lab = new double[3];
    for (int y = 0, i = 0; y < height; y++) {
      pixels.readRows(top + y, 1, row);
      for (int x = 0; x < width; x++, i++) {
        int pixel = alpha ? row[x] : row[x] | 0xFF000000;
        if (pixel >>> 24 == 0) {
          entries[i] = NONE;
          continue;
        }
        space.place(pixel, at, 0, lab);
        for (int d = 0; d < space.dims; d++) {
          wanted[d][i] = at[d] * scale[d];
        }
        if (alpha) {
          opacity[i] = (byte) (pixel >>> 24);
        }
      }
    }
  }

  private int opacity(int i) {
    return alpha ? opacity[i] & 0xFF : 255;
  }

  private float wanted(int d, int i) {
    return d < space.dims ? wanted[d][i] : 0;
  }

  Palette palette() {
    return palette;
  }

  /** Gives rows the entries of a plane. */
  void choose(IndexPlane plane, int from, int rows) {
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        int i = (from + y) * width + x;
        entries[i] = entries[i] == NONE ? NONE : plane.get(x, y);
      }
    }
  }

  /** Copies the entries of rows to a plane. */
  void copyTo(IndexPlane plane, int from, int rows) {
    int invisible = alpha ? invisible() : 0;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        int entry = entries[(from + y) * width + x];
        plane.set(x, y, entry == NONE ? invisible : entry);
      }
    }
  }

  /** The entry of fully transparent pixels. */
  private int invisible() {
    double[] at = space.place(new int[1]);
    return search.nearest(
        0,
        (float) at[0] * scale[0],
        (float) at[1] * scale[1],
        (float) at[2] * scale[2],
        (float) at[3] * scale[3]);
  }

  private int start(int band) {
    return first + band * BAND;
  }

  private int end(int band) {
    return Math.min(height, start(band) + BAND);
  }

  /** Computes the filtered errors from the entries. */
  void filter(Work work) {
    for (int d = 0; d < space.dims; d++) {
      int axis = d;
      float[] places = new float[palette.size()];
      for (int e = 0; e < places.length; e++) {
        places[e] = search.place(e, axis);
      }
      fill(places, wanted[axis]);
      filter(axis, seen[axis], work);
    }
  }

  private void filter(int axis, float[] target, Work work) {
    work.forEach(
        bands,
        band -> filters[axis].apply(errors, target, width, band == 0 ? 0 : start(band), end(band)));
  }

  /**
   * Writes a value for each pixel: that of its entry, less that of the pixel.
   *
   * @param less values of the pixels, or none
   */
  private void fill(float[] byEntry, float... less) {
    for (int y = 0, i = 0; y < height; y++) {
      int at = (y + RADIUS) * stride + RADIUS;
      for (int x = 0; x < width; x++, i++) {
        int entry = entries[i];
        float value = entry == NONE ? 0 : byEntry[entry];
        errors[at + x] = less.length == 0 || entry == NONE ? value : value - less[i];
      }
    }
  }

  /** The energy: the sum of each pixel's error times the filtered one. */
  double energy() {
    double sum = 0;
    for (int d = 0; d < space.dims; d++) {
      for (int y = 0, i = 0; y < height; y++) {
        int at = (y + RADIUS) * stride + RADIUS;
        for (int x = 0; x < width; x++, i++) {
          int entry = entries[i];
          if (entry != NONE) {
            sum += (double) (search.place(entry, d) - wanted[d][i]) * seen[d][at + x];
          }
        }
      }
    }
    return sum;
  }

  /**
   * Visits each pixel once, and gives it the entry of least energy.
   *
   * @param turn number of the pass; it determines the direction
   * @return the number of pixels whose entry changed
   */
  long pass(int turn, Work work) {
    long[] changed = new long[bands];
    for (int parity = 0; parity < 2; parity++) {
      int odd = parity;
      work.forEach(
          (bands + 1 - odd) / 2, n -> changed[2 * n + odd] = pass(2 * n + odd, turn, work));
    }
    return Arrays.stream(changed).sum();
  }

  private long pass(int band, int turn, Work work) {
    int from = start(band);
    int rows = end(band) - from;
    long changed = 0;
    for (int r = 0; r < rows; r++) {
      work.check();
      int y = (turn & 1) == 0 ? from + r : from + rows - 1 - r;
      changed += passRow(y, (r + turn & 1) == 0);
    }
    return changed;
  }

  private int passRow(int y, boolean forward) {
    float[] seen0 = seen[0];
    float[] seen1 = seen[1];
    float[] seen2 = seen[2];
    float[] seen3 = alpha ? seen[3] : seen[0];
    float hasAlpha = alpha ? 1 : 0;
    int changed = 0;
    int row = (y + RADIUS) * stride + RADIUS;
    long[] homes = home[y];
    for (int n = 0; n < width; n++) {
      int x = forward ? n : width - 1 - n;
      int i = y * width + x;
      int old = entries[i];
      if (old == NONE) {
        continue;
      }
      int at = row + x;
      float t0 = search.place(old, 0) - seen0[at];
      float t1 = search.place(old, 1) - seen1[at];
      float t2 = search.place(old, 2) - seen2[at];
      float t3 = hasAlpha * (search.place(old, 3) - seen3[at]);
      int best = search.nearest(opacity(i), t0, t1, t2, t3);
      long home = homes[LocalHues.square(x)];
      boolean foreign = (sets[old] & home) == 0;
      if ((foreign || best != old) && (sets[best] & home) == 0) {
        int own =
            search.nearest(opacity(i), wanted(0, i), wanted(1, i), wanted(2, i), wanted(3, i));
        best = search.nearestAtHome(opacity(i), own, sets, home, t0, t1, t2, t3);
      }
      if (best != old
          && (foreign
              || search.square(best, t0, t1, t2, t3)
                  < (1 - LEAST_GAIN) * search.square(old, t0, t1, t2, t3))) {
        entries[i] = best;
        changed++;
        for (int d = 0; d < seen.length; d++) {
          add(
              seen[d],
              at - RADIUS * stride - RADIUS,
              filters[d].kernel,
              search.place(best, d) - search.place(old, d));
        }
      }
    }
    return changed;
  }

  private void add(float[] plane, int corner, float[] kernel, float error) {
    for (int v = 0, k = 0, at = corner; v < EyeFilter.SIDE; v++, at += stride) {
      for (int u = 0; u < EyeFilter.SIDE; u++, k++) {
        plane[at + u] += error * kernel[k];
      }
    }
  }

  /**
   * Moves the entries to the colours of least energy, rounded to 8 bits, all different. Opaque
   * entries stay opaque.
   *
   * @param fixed number of first entries that do not change, as transparent ones do not
   * @param steps of the conjugate gradients
   */
  void fit(int fixed, int steps, Work work) {
    int[] argb = palette.toArgb();
    double[] places = new double[argb.length * space.dims];
    for (int d = 0; d < space.dims; d++) {
      boolean[] free = new boolean[argb.length];
      for (int e = fixed; e < free.length; e++) {
        free[e] = argb[e] >>> 24 != 0 && (d < 3 || argb[e] >>> 24 != 255);
      }
      double[] moves = moves(d, free, steps, work);
      for (int e = 0; e < argb.length; e++) {
        places[e * space.dims + d] = (search.place(e, d) + moves[e]) / scale[d];
      }
    }
    palette = space.palette(FittedColors.of(argb, fixed, places, space));
    search = new EntrySearch(palette, space, scale);
    sets = hues.ofEntries(palette);
  }

  /** How far to move the free entries along an axis. */
  private double[] moves(int axis, boolean[] free, int steps, Work work) {
    int k = free.length;
    double ridge = RIDGE * width * height / k;
    double[] diagonal = new double[k];
    Arrays.fill(diagonal, ridge);
    for (int entry : entries) {
      if (entry != NONE) {
        diagonal[entry]++;
      }
    }
    double[] right = sums(seen[axis], work);
    for (int e = 0; e < k; e++) {
      right[e] = free[e] ? -right[e] : 0;
    }
    float[] filtered = new float[errors.length];
    return ConjugateGradients.solve(
        right,
        diagonal,
        direction -> {
          float[] byEntry = new float[k];
          for (int e = 0; e < k; e++) {
            byEntry[e] = (float) direction[e];
          }
          fill(byEntry);
          filter(axis, filtered, work);
          double[] product = sums(filtered, work);
          for (int e = 0; e < k; e++) {
            product[e] = free[e] ? product[e] + ridge * direction[e] : 0;
          }
          return product;
        },
        steps);
  }

  /** The sums of a plane's values by entry. */
  private double[] sums(float[] plane, Work work) {
    double[][] parts = new double[bands][palette.size()];
    work.forEach(
        bands,
        band -> {
          double[] sums = parts[band];
          for (int y = band == 0 ? 0 : start(band); y < end(band); y++) {
            int at = (y + RADIUS) * stride + RADIUS;
            int i = y * width;
            for (int x = 0; x < width; x++) {
              int entry = entries[i + x];
              if (entry != NONE) {
                sums[entry] += plane[at + x];
              }
            }
          }
        });
    double[] sums = parts[0];
    for (int band = 1; band < bands; band++) {
      for (int e = 0; e < sums.length; e++) {
        sums[e] += parts[band][e];
      }
    }
    return sums;
  }

  /** Puts the entries from {@code fixed} on into the order in which palettes are written. */
  void sort(int fixed) {
    int[] places = new int[palette.size()];
    palette = FittedColors.sorted(palette, fixed, places);
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entries[i] == NONE ? NONE : places[entries[i]];
    }
    search = new EntrySearch(palette, space, scale);
    sets = hues.ofEntries(palette);
  }
}
