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
 * Error diffusion (Floyd and Steinberg, "An adaptive algorithm for spatial greyscale", Proc. SID
 * 17(2), 1976): the error of a pixel is distributed to the neighbours not yet visited, 7, 3, 5 and
 * 1 sixteenths. Even rows go from left to right, odd ones from right to left. Each row depends on
 * the one before, so this runs on one thread.
 *
 * <p>Errors are measured in the metric's space, alpha included. Colours there are premultiplied, so
 * a pixel passes on only its visible part. A pixel takes 9/10 of what it receives; nothing if that
 * is invisible, so that flat areas stay flat; and no more than a limit, so that errors which no
 * entry can balance do not grow until a distant entry is chosen. The limit shortens the error, and
 * keeps its hue. It is 40 grey levels, or 3/2 of the usual distance of the entries of a computed
 * palette if that is less. If most entries are farther apart than 40 levels, it is their distance,
 * and a pixel takes all that it receives: areas keep their mean between black and white, too.
 */
public final class FloydSteinberg extends MappedSource {
  private static final int CHANNELS = 4;
  private static final float STRENGTH = 0.9f;

  /** The least error that is diffused, in grey levels. */
  private static final float LEAST = 1;

  /** The largest error that is diffused, in grey levels. */
  private static final float MOST = 40;

  /** The same in usual distances of the entries of a computed palette. */
  private static final float MOST_GAPS = 1.5f;

  /** Steps of each fit of the colours. */
  private static final int STEPS = 3;

  private final ColorCoordinates space;
  private final EntrySearch search;
  private final boolean alpha;
  private final float least;
  private final float most;
  private final float strength;
  private final short[] place = new short[CHANNELS];
  private final double[] lab = new double[3];

  /** Errors of the current row and the next, with one more pixel on both sides. */
  private float[] here;

  private float[] below;
  private int next;

  /** The hues around the pixels, and those of the entries. */
  private final LocalHues hues;

  private final long[] sets;

  /**
   * Maps {@code source} to the entries of a palette.
   *
   * @param given whether the palette is not made for the image
   */
  FloydSteinberg(PixelSource source, Palette palette, Metric metric, boolean given, Work work) {
    super(source, palette, work);
    this.alpha = palette.hasAlpha();
    this.space = new ColorCoordinates(metric, alpha);
    this.search = new EntrySearch(palette, space, new float[] {1, 1, 1, 1});
    float level = metric == Metric.RGB ? 255 * (float) Math.sqrt(3) : 255;
    this.least = LEAST * LEAST * level * level;
    float gap = search.usualGap();
    boolean sparse = gap > MOST * level;
    float gaps = given ? Float.MAX_VALUE : MOST_GAPS * gap;
    float limit = sparse ? gap : Math.min(gaps, MOST * level);
    this.most = limit * limit;
    this.strength = sparse ? 1 : STRENGTH;
    this.hues = given ? LocalHues.ignored(source) : LocalHues.of(source, palette);
    this.sets = hues.ofEntries(palette);
    this.here = new float[CHANNELS * (source.width() + 2)];
    this.below = new float[here.length];
  }

  /**
   * Maps an image to entries whose colours are solved for, so that the error of the dithered image
   * is least as the eye sees it ({@link EyeFilter}).
   *
   * @param fixed number of first entries whose colours do not change
   * @param fits how often the image is dithered and the colours are solved for, before the last
   *     time
   */
  public static FloydSteinberg fitted(
      PixelSource source, Palette palette, int fixed, int fits, Metric metric, Work work) {
    if (fixed == palette.size()) {
      return new FloydSteinberg(source, palette, metric, true, work);
    }
    PixelSource sample = SampledRows.of(source);
    // Only the choice of entries looks at hues, which is made here.
    VisibleError error = new VisibleError(sample, 0, sample.height(), 0, palette, metric, true);
    for (int i = 0; i < fits; i++) {
      FloydSteinberg dithered = new FloydSteinberg(sample, error.palette(), metric, false, work);
      error.choose(dithered.rows(0, sample.height()), 0, sample.height());
      error.filter(work);
      error.fit(fixed, STEPS, work);
    }
    error.sort(fixed);
    return new FloydSteinberg(source, error.palette(), metric, false, work);
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
      Arrays.fill(here, 0);
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
      diffuse(plane, r, y + r, (y + r & 1) == 0 ? 1 : -1);
      float[] done = here;
      here = below;
      below = done;
    }
    return plane;
  }

  private void diffuse(IndexPlane plane, int row, int y, int step) {
    Arrays.fill(below, 0);
    int width = width();
    int ahead = CHANNELS * step;
    long[] home = hues.row(y);
    for (int i = 0, x = step > 0 ? 0 : width - 1; i < width; i++, x += step) {
      int pixel = alpha ? pixels[x] : pixels[x] | 0xFF000000;
      int opacity = pixel >>> 24;
      space.place(opacity == 0 ? 0 : pixel, place, 0, lab);
      if (opacity == 0) {
        // This pixel is invisible, so it passes no error on.
        plane.set(x, row, search.nearest(0, place[0], place[1], place[2], place[3]));
        continue;
      }
      int at = CHANNELS * (x + 1);
      float e0 = strength * here[at];
      float e1 = strength * here[at + 1];
      float e2 = strength * here[at + 2];
      float e3 = opacity == 255 ? 0 : strength * here[at + 3];
      float square = e0 * e0 + e1 * e1 + e2 * e2 + e3 * e3;
      float part = square < least ? 0 : square <= most ? 1 : (float) Math.sqrt(most / square);
      e0 = part * e0 + place[0];
      e1 = part * e1 + place[1];
      e2 = part * e2 + place[2];
      e3 = part * e3 + place[3];
      int entry = search.nearest(opacity, e0, e1, e2, e3);
      if ((sets[entry] & home[LocalHues.square(x)]) == 0) {
        int own = search.nearest(opacity, place[0], place[1], place[2], place[3]);
        entry = search.nearestAtHome(opacity, own, sets, home[LocalHues.square(x)], e0, e1, e2, e3);
      }
      plane.set(x, row, entry);
      pass(at, ahead, e0 - search.place(entry, 0));
      pass(at + 1, ahead, e1 - search.place(entry, 1));
      pass(at + 2, ahead, e2 - search.place(entry, 2));
      pass(at + 3, ahead, e3 - search.place(entry, 3));
    }
  }

  private void pass(int at, int ahead, float error) {
    float part = error / 16;
    here[at + ahead] += 7 * part;
    below[at - ahead] += 3 * part;
    below[at] += 5 * part;
    below[at + ahead] += part;
  }
}
