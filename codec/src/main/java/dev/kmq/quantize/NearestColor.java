package dev.kmq.quantize;

import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exact search for the entry of a palette that is nearest to a colour, among those that {@link
 * AlphaRule} allows; the first of equally near ones. An instance is for one thread at a time.
 */
public final class NearestColor {
  /**
   * Trees of the entries allowed for transparent, translucent and opaque pixels; often the same.
   */
  private final KdTree transparent;

  private final KdTree translucent;
  private final KdTree opaque;

  private final KdTree.Found found = new KdTree.Found(1);
  private KdTree.Found several = found;
  private final ColorCoordinates space;
  private final short[] at;
  private final double[] lab = new double[3];

  /** A search among the entries of a palette; alpha counts only if the palette has it. */
  public NearestColor(Palette palette, Metric metric) {
    this.space = new ColorCoordinates(metric, palette.hasAlpha());
    this.at = new short[space.dims];
    int[] argb = palette.toArgb();
    double[] places = space.place(argb);
    AlphaRule rule = new AlphaRule(palette);
    int[] forTranslucent = allowed(rule, 0x80000000, argb);
    int[] forOpaque = allowed(rule, 0xFF000000, argb);
    int[] forTransparent = allowed(rule, 0, argb);
    this.translucent = new KdTree(places, space.dims, forTranslucent);
    this.opaque =
        Arrays.equals(forOpaque, forTranslucent)
            ? translucent
            : new KdTree(places, space.dims, forOpaque);
    this.transparent =
        Arrays.equals(forTransparent, forTranslucent)
            ? translucent
            : new KdTree(places, space.dims, forTransparent);
  }

  /** Another search among the same entries, for another thread. */
  public NearestColor(NearestColor other) {
    this.space = other.space;
    this.at = new short[space.dims];
    this.translucent = other.translucent;
    this.opaque = other.opaque;
    this.transparent = other.transparent;
  }

  private static int[] allowed(AlphaRule rule, int pixel, int[] argb) {
    return IntStream.range(0, argb.length).filter(i -> rule.allows(pixel, argb[i])).toArray();
  }

  /** The nearest entry to a colour with straight alpha. */
  public int index(int argb) {
    search(argb, argb, found);
    return found.centers[0];
  }

  /**
   * The entries that are nearest to a colour, nearest first, among those allowed for a pixel.
   *
   * @param argb the colour, straight alpha
   * @param pixel the pixel; only its alpha counts
   * @param entries receives as many as fit
   * @return the number of entries found
   */
  public int nearest(int argb, int pixel, int[] entries) {
    if (several.centers.length != entries.length) {
      several = new KdTree.Found(entries.length);
    }
    search(argb, pixel, several);
    System.arraycopy(several.centers, 0, entries, 0, several.size);
    return several.size;
  }

  private void search(int argb, int pixel, KdTree.Found target) {
    space.place(argb, at, 0, lab);
    for (int d = 0; d < at.length; d++) {
      target.query[d] = at[d];
    }
    int alpha = pixel >>> 24;
    (alpha == 255 ? opaque : alpha == 0 ? transparent : translucent).search(target);
  }
}
