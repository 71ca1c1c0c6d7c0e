package dev.kmq.remap;

import dev.kmq.concurrent.Work;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;

/**
 * Ordered dithering between two entries. The projection of the colour on the line between them
 * determines how often the second one is used, a mask of thresholds determines where. Colours of
 * the palette are not dithered.
 */
public final class OrderedDither extends MappedSource {
  private final Metric metric;
  private final Metric mixing;
  private final boolean given;
  private final ThresholdMask mask;

  private OrderedDither(
      PixelSource source,
      Palette palette,
      boolean given,
      Metric metric,
      Metric mixing,
      Work work,
      ThresholdMask mask) {
    super(source, palette, work);
    this.metric = metric;
    this.mixing = mixing;
    this.given = given;
    this.mask = mask;
  }

  /**
   * Maps {@code source} to the entries of a palette by a mask of blue noise, 64x64.
   *
   * @param given whether the palette is not made for the image
   */
  public static OrderedDither blueNoise(
      PixelSource source, Palette palette, boolean given, Metric metric, Work work) {
    return new OrderedDither(source, palette, given, metric, metric, work, BlueNoiseMask.mask());
  }

  /**
   * Maps {@code source} to the entries of a palette by Bayer's matrix, 8x8. Colours are mixed in
   * RGB whatever the metric, so that blocks keep their mean.
   */
  public static OrderedDither bayer(PixelSource source, Palette palette, Metric metric, Work work) {
    return new OrderedDither(source, palette, true, metric, Metric.RGB, work, ThresholdMask.BAYER);
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    int n = Math.multiplyExact(rows, width());
    pixels = pixels.length < n ? new int[n] : pixels;
    source.readRows(y, rows, pixels);
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    work.loop(
        n,
        (from, to) -> {
          EntryPairs pairs =
              new EntryPairs(
                  palette,
                  metric,
                  mixing,
                  given ? LocalHues.ignored(source) : LocalHues.of(source, palette));
          work.runs(from, to, (start, end) -> map(plane, y, start, end, pairs));
        });
    return plane;
  }

  private void map(IndexPlane plane, int y, int from, int to, EntryPairs pairs) {
    boolean alpha = palette.hasAlpha();
    int width = width();
    for (int i = from; i < to; i++) {
      int x = i % width;
      int row = i / width;
      int pixel = alpha ? pixels[i] : pixels[i] | 0xFF000000;
      int color = pixel >>> 24 == 0 ? 0 : pixel;
      plane.set(x, row, pairs.index(color, mask.at(x, y + row)));
    }
  }
}
