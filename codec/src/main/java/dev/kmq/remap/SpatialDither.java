package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import org.jspecify.annotations.Nullable;

/**
 * Spatial quantisation: chooses entries, and their colours unless they are fixed, so that the error
 * is least as the eye sees it, filtered by {@link EyeFilter} (Puzicha, Held, Ketterer, Buhmann and
 * Fellner, "On spatial quantization of color images", IEEE Trans. Image Process. 9(4), 2000;
 * Analoui and Allebach, "Model-based halftoning using direct binary search", Proc. SPIE 1666,
 * 1992). Entries are chosen pixel by pixel, starting from those of error diffusion, which keep the
 * mean of an area; after some passes colours are solved for, by turns.
 *
 * <p>Images of more than {@link SampledRows#MOST} pixels are processed in strips. Each strip
 * continues the one before, and sees some rows of the next. The colours are then those for a sample
 * of the rows.
 */
public final class SpatialDither extends MappedSource {
  private static final int FITS = 5;

  /** Passes before each fit and after the last one. */
  private static final int PASSES = 3;

  /** Steps of each fit. */
  private static final int STEPS = 4;

  /** Passes with colours that do not change. */
  private static final int PASSES_OF_STRIP = 5;

  /** Rows of the next strip that a strip looks at. */
  private static final int AHEAD = 16;

  private final Metric metric;
  private final boolean given;
  private final int stripRows;
  private @Nullable IndexPlane strip;
  private int stripStart;

  /** Error diffusion that strips start from, and its rows that belong to the next strip. */
  private @Nullable FloydSteinberg diffusion;

  private @Nullable IndexPlane ahead;

  private SpatialDither(
      PixelSource source,
      Palette palette,
      Metric metric,
      boolean given,
      @Nullable IndexPlane whole,
      Work work) {
    super(source, palette, work);
    this.metric = metric;
    this.given = given;
    this.strip = whole;
    this.stripRows =
        whole != null ? source.height() : Math.max(64, SampledRows.MOST / source.width());
  }

  /**
   * Maps an image.
   *
   * @param palette the initial palette
   * @param fixed number of first entries whose colours do not change
   */
  public static SpatialDither of(
      PixelSource source, Palette palette, int fixed, Metric metric, Work work) {
    boolean given = fixed == palette.size();
    PixelSource sample = SampledRows.of(source);
    if (sample != source && given) {
      return new SpatialDither(source, palette, metric, true, null, work);
    }
    VisibleError error = new VisibleError(sample, 0, sample.height(), 0, palette, metric, given);
    FloydSteinberg start = new FloydSteinberg(sample, palette, metric, given, work);
    error.choose(start.rows(0, sample.height()), 0, sample.height());
    int turn = 0;
    int fits = given ? 0 : FITS;
    for (int i = 0; i <= fits; i++) {
      work.report((double) i / (fits + 1));
      error.filter(work);
      for (int pass = 0; pass < PASSES; pass++) {
        if (error.pass(turn++, work) == 0) {
          break;
        }
      }
      if (i < fits) {
        error.filter(work);
        error.fit(fixed, STEPS, work);
      }
    }
    if (!given) {
      error.sort(fixed);
    }
    IndexPlane whole = null;
    if (sample == source) {
      whole = IndexPlane.allocate(source.width(), source.height(), error.palette().size());
      error.copyTo(whole, 0, source.height());
    }
    return new SpatialDither(source, error.palette(), metric, given, whole, work);
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    for (int done = 0; done < rows; ) {
      int start = (y + done) / stripRows * stripRows;
      IndexPlane from = strip(start);
      int n = Math.min(rows - done, start + from.height() - y - done);
      plane.window(0, done, width(), n).copyFrom(from.window(0, y + done - start, width(), n));
      done += n;
    }
    return plane;
  }

  private IndexPlane strip(int start) {
    if (strip != null && stripStart == start) {
      return strip;
    }
    IndexPlane above = start == 0 ? null : strip(start - stripRows);
    int before = above == null ? 0 : EyeFilter.RADIUS;
    int rows = Math.min(stripRows, height() - start);
    int end = Math.min(height(), start + rows + AHEAD);
    VisibleError error =
        new VisibleError(
            source, start - before, end - start + before, before, palette, metric, given);
    if (above != null) {
      error.choose(above.window(0, stripRows - before, width(), before), 0, before);
    }
    diffuse(error, start, before, end);
    error.filter(work);
    for (int pass = 0; pass < PASSES_OF_STRIP; pass++) {
      error.pass(pass, work);
    }
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    error.copyTo(plane, before, rows);
    strip = plane;
    stripStart = start;
    return plane;
  }

  /** Gives the rows of a strip their entries by error diffusion, which reads each row once. */
  private void diffuse(VisibleError error, int start, int before, int end) {
    if (diffusion == null || start == 0) {
      diffusion = new FloydSteinberg(source, palette, metric, given, work);
      ahead = null;
    }
    int from = start;
    if (ahead != null) {
      error.choose(ahead, before, ahead.height());
      from += ahead.height();
    }
    if (from < end) {
      IndexPlane plane = diffusion.rows(from, end - from);
      error.choose(plane, before + from - start, end - from);
      int kept = Math.max(0, end - start - stripRows);
      ahead = kept == 0 ? null : plane.window(0, plane.height() - kept, width(), kept);
    }
  }
}
