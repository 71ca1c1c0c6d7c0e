package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.quantize.NearestColor;

/**
 * Error diffusion (Floyd and Steinberg, "An adaptive algorithm for spatial greyscale", Proc. SID
 * 17(2), 1976): the error of a pixel is distributed to the neighbours not yet visited, 7, 3, 5 and
 * 1 sixteenths. Even rows go from left to right, odd ones from right to left. Each row depends on
 * the one before, so this runs on one thread; errors are integers.
 *
 * <p>Errors are of premultiplied colours, so a pixel passes on only its visible part. Alpha is not
 * diffused.
 */
public final class FloydSteinberg extends MappedSource {
  private static final int CHANNELS = 3;

  private final int[] argb;
  private final EntryCache nearest;

  /** Errors in sixteenths for the current row and the next, with one more pixel on both sides. */
  private int[] here;

  private int[] below;
  private int next;

  /** Maps {@code source} to the entries of a palette. */
  public FloydSteinberg(PixelSource source, Palette palette, Metric metric, Work work) {
    super(source, palette, work);
    this.argb = palette.toArgb();
    this.nearest = new EntryCache(new NearestColor(palette, metric), palette.hasAlpha());
    this.here = new int[CHANNELS * (source.width() + 2)];
    this.below = new int[here.length];
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the rows do not follow those of the last call, or begin at
   *     0
   */
  @Override
  public IndexPlane rows(int y, int rows) {
    if (y == 0) {
      next = 0;
      java.util.Arrays.fill(here, 0);
    }
    if (y != next) {
      throw new IllegalArgumentException("row " + y + " does not follow row " + (next - 1));
    }
    next += rows;
    int width = width();
    pixels = pixels.length < width ? new int[width] : pixels;
    IndexPlane plane = IndexPlane.allocate(width, rows, palette.size());
    for (int r = 0; r < rows; r++) {
      work.check();
      source.readRows(y + r, 1, pixels);
      diffuse(plane, r, (y + r & 1) == 0 ? 1 : -1);
      int[] done = here;
      here = below;
      below = done;
    }
    return plane;
  }

  private void diffuse(IndexPlane plane, int row, int step) {
    java.util.Arrays.fill(below, 0);
    int width = width();
    for (int i = 0, x = step > 0 ? 0 : width - 1; i < width; i++, x += step) {
      int pixel = pixels[x];
      if (pixel >>> 24 == 0 && palette.hasAlpha()) {
        // This pixel is invisible, so it passes no error on.
        plane.set(x, row, nearest.index(0));
        continue;
      }
      int alpha = palette.hasAlpha() ? pixel >>> 24 : 255;
      int at = CHANNELS * (x + 1);
      int red = wanted(pixel >>> 16 & 0xFF, here[at], alpha);
      int green = wanted(pixel >>> 8 & 0xFF, here[at + 1], alpha);
      int blue = wanted(pixel & 0xFF, here[at + 2], alpha);
      int entry = nearest.index(pixel & 0xFF000000 | red << 16 | green << 8 | blue);
      plane.set(x, row, entry);
      int color = argb[entry];
      int opacity = color >>> 24;
      pass(at, missing(red, alpha, color >>> 16 & 0xFF, opacity), step);
      pass(at + 1, missing(green, alpha, color >>> 8 & 0xFF, opacity), step);
      pass(at + 2, missing(blue, alpha, color & 0xFF, opacity), step);
    }
  }

  /** A channel with its share of errors, rounded to nearest and clamped to 0 to 255. */
  private static int wanted(int channel, int sixteenths, int alpha) {
    int straight = alpha == 255 ? sixteenths : sixteenths * 255 / alpha;
    return Math.max(0, Math.min(255, channel + (straight + 8 >> 4)));
  }

  /** The error of an entry in a channel, both premultiplied. */
  private static int missing(int channel, int alpha, int entry, int opacity) {
    return (alpha & opacity) == 255
        ? channel - entry
        : Math.floorDiv(2 * (channel * alpha - entry * opacity) + 255, 510);
  }

  private void pass(int at, int error, int step) {
    int ahead = CHANNELS * step;
    here[at + ahead] += 7 * error;
    below[at - ahead] += 3 * error;
    below[at] += 5 * error;
    below[at + ahead] += error;
  }
}
