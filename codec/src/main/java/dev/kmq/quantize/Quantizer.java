package dev.kmq.quantize;

import dev.kmq.image.Effort;
import dev.kmq.image.Palette;

/**
 * A histogram to a palette: the colours themselves where there are few enough, else variance cut,
 * Lloyd's steps and split-and-merge moves on a coarse histogram, then steps on the exact one, with
 * the palette rounded to 8 bits. Delivers exactly K different colours whenever the picture has K.
 */
public final class Quantizer {
  static int F_BREATHS = Integer.getInteger("fb", 4);
  static int D_BREATHS = Integer.getInteger("db", 30);
  static int B_BREATHS = Integer.getInteger("bb", 300);
  static double THETA = Double.parseDouble(System.getProperty("theta", "0.08"));
  static int DIV = Integer.getInteger("div", 8);
  private static final int MOST_ROUNDINGS = 10;

  private static final int CUBES = 6;
  private static final int MOST_MOVED = 1024;

  private final ColorHistogram histogram;
  private final Points points;
  private final int k;
  private final Workers workers;

  private Quantizer(ColorHistogram histogram, int k, Workers workers) {
    this.histogram = histogram;
    this.points = Points.of(histogram);
    this.k = k;
    this.workers = workers;
  }

  /**
   * The palette of at most {@code colors} colours, and every colour's entry.
   *
   * @param colors K, 1 to 65536
   * @param threads most threads; the palette never depends on it
   */
  public static ColorMap quantize(
      ColorHistogram histogram, int colors, Effort effort, int threads) {
    if (histogram.size() <= colors) {
      int[] argb = histogram.toArgb();
      PaletteOrder.sort(argb);
      Palette palette = histogram.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
      return ColorMap.nearest(histogram, palette, threads);
    }
    try (Workers workers = new Workers(threads)) {
      return new Quantizer(histogram, colors, workers).cluster(effort);
    }
  }

  private ColorMap cluster(Effort effort) {
    int[] single = Grouping.single(points.size);
    int[] ends = Grouping.ends(histogram, single, CUBES);
    if (ends.length < 32 * k) {
      ends = single;
    }
    Points coarse = points.grouped(ends);
    int spare = k > MOST_MOVED ? 0 : Math.max(Math.min(k, 4), k / DIV);
    int[] labels = VarianceCut.labels(coarse, k);
    Lloyd start = Lloyd.ofLabels(coarse, labels, k + spare, workers);
    int[] coarser = coarser(ends, (double) (points.squares() - coarse.squares()), start.error());
    int[] inner = within(ends, coarser);
    Lloyd lloyd = start.on(coarse.grouped(inner), first(start.labels, inner));
    lloyd.converge(1e-3, 4);
    SplitMerge moves = new SplitMerge(lloyd, k);
    moves.run(spare, F_BREATHS);
    Rounded rounded = refine(lloyd, inner, ends, coarse, 1, 1);
    if (effort == Effort.FAST) {
      return rounded.map();
    }
    moves.run(spare, D_BREATHS);
    if (effort == Effort.BEST) {
      moves.run(spare, B_BREATHS);
    }
    lloyd.converge(1e-4, 20);
    Rounded better = refine(lloyd, inner, ends, coarse, 4, MOST_ROUNDINGS);
    return better.error() <= rounded.error() ? better.map() : rounded.map();
  }

  /** Takes centres to the exact colours by way of the finer of two groupings. */
  private Rounded refine(
      Lloyd lloyd, int[] inner, int[] ends, Points coarse, int steps, int roundings) {
    lloyd.assign();
    Lloyd middle = lloyd.refined(coarse, inner);
    middle.converge(1e-4, steps);
    return new Rounded(middle.refined(points, ends), histogram).polish(roundings);
  }

  private int[] coarser(int[] ends, double within, double error) {
    int levels = CUBES;
    double share = within / error;
    while (levels < 12 && share * 1.59 < THETA) {
      share *= 1.59;
      levels++;
    }
    for (; levels > CUBES && ends.length < points.size; levels--) {
      int[] joined = Grouping.ends(histogram, ends, levels);
      if (joined.length >= 24 * k) {
        return joined;
      }
    }
    return ends;
  }

  /** The ends of runs of runs. */
  private static int[] within(int[] ends, int[] coarser) {
    int[] inner = new int[coarser.length];
    int e = 0;
    for (int g = 0; g < coarser.length; g++) {
      while (e < ends.length && ends[e] <= coarser[g]) {
        e++;
      }
      inner[g] = e;
    }
    return inner;
  }

  private static int[] first(int[] labels, int[] ends) {
    int[] first = new int[ends.length];
    for (int g = 0; g < ends.length; g++) {
      first[g] = labels[ends[g] - 1];
    }
    return first;
  }
}
