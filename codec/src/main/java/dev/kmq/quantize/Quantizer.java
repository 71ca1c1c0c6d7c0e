package dev.kmq.quantize;

import dev.kmq.image.Effort;
import dev.kmq.image.Palette;
import java.util.stream.IntStream;

/**
 * A histogram to a palette: the colours themselves where there are few enough, else variance cut,
 * Lloyd's steps and split-and-merge moves on a coarse histogram, then steps on the exact one, with
 * the palette rounded to 8 bits. Delivers exactly K different colours whenever the picture has K.
 */
public final class Quantizer {
  private static final int MOST_ROUNDINGS = 10;

  private final ColorHistogram histogram;
  private final Points points;
  private final int k;
  private double[] centers = {};
  private int[] labels = {};

  private Quantizer(ColorHistogram histogram, int k) {
    this.histogram = histogram;
    this.points = Points.of(histogram);
    this.k = k;
  }

  /**
   * The palette of at most {@code colors} colours.
   *
   * @param colors K, 1 to 65536
   * @param threads most threads; the palette never depends on it
   */
  public static Palette quantize(ColorHistogram histogram, int colors, Effort effort, int threads) {
    int[] argb;
    if (histogram.size() <= colors) {
      argb = IntStream.range(0, histogram.size()).map(histogram::argb).toArray();
    } else {
      argb = new Quantizer(histogram, colors).cluster(effort);
    }
    PaletteOrder.sort(argb);
    return histogram.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  private int[] cluster(Effort effort) {
    int[] ends = Grouping.ends(histogram, 2);
    if (ends.length < 32 * k) {
      ends = IntStream.rangeClosed(1, points.size).toArray();
    }
    Points coarse = points.grouped(ends);
    int spare = effort == Effort.FAST || k > Lloyd.LISTED_UP_TO / 2 ? 0 : Math.max(1, k / 10);
    Lloyd lloyd = Lloyd.ofLabels(coarse, VarianceCut.labels(coarse, k), k, k + spare);
    lloyd.converge(1e-3, effort == Effort.FAST ? 4 : 20);
    refine(lloyd, ends);
    Rounded rounded = new Rounded(points, histogram, centers, labels, k);
    if (effort == Effort.FAST) {
      return rounded.polish(1).argb();
    }
    rounded.polish(1);
    new SplitMerge(lloyd, k).run(spare, effort == Effort.DEFAULT ? 20 : 200);
    lloyd.converge(1e-4, 50);
    refine(lloyd, ends);
    Rounded better = new Rounded(points, histogram, centers, labels, k).polish(MOST_ROUNDINGS);
    return better.error() <= rounded.error() ? better.argb() : rounded.argb();
  }

  /** Centres of the coarse steps, and for every colour the label of its group. */
  private void refine(Lloyd lloyd, int[] ends) {
    int dims = points.dims;
    centers = new double[k * dims];
    int[] place = new int[lloyd.slots];
    int n = 0;
    for (int c = 0; c < lloyd.slots; c++) {
      if (!lloyd.dead(c)) {
        place[c] = n;
        System.arraycopy(lloyd.centers, c * dims, centers, dims * n++, dims);
      }
    }
    labels = new int[points.size];
    int i = 0;
    for (int g = 0; g < ends.length; g++) {
      for (; i < ends[g]; i++) {
        labels[i] = place[lloyd.labels[g]];
      }
    }
  }
}
