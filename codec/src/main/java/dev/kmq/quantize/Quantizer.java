package dev.kmq.quantize;

import dev.kmq.image.Effort;

/**
 * A histogram to a palette: the colours themselves where there are few enough, else variance cut,
 * Lloyd's steps and split-and-merge moves on groups of near colours, then steps on the exact
 * colours with the palette rounded to 8 bits. Delivers exactly K different colours whenever the
 * picture has K.
 *
 * <p>Alpha goes by {@link AlphaRule}: if there are two colours or more, a transparent one is an
 * entry of its own and no part of the clustering, and clusters with opaque colours are opaque.
 *
 * <p>Groups are as coarse as the palette allows: the error within them must be a small share of the
 * whole, smaller with every effort.
 */
public final class Quantizer {
  /** Levels of the Morton code in a group of the start: cubes of 4x4x4 colours. */
  private static final int CUBES = 6;

  /** By how much the error within groups grows from level to level: 4 in three. */
  private static final double LEVEL = 1.59;

  private static final int MOST_LEVELS = 12;

  /** Groups needed for each centre. */
  private static final int LEAST_CUBES = 32;

  private static final int LEAST_GROUPS = 24;

  /** With more centres than this Lloyd's steps have to do: moves would take too long. */
  private static final int MOST_MOVED = 1024;

  /** With more centres than this, moves of several at once find what single ones would. */
  private static final int MOST_SWAPPED = 64;

  private final ColorHistogram histogram;
  private final int[] kept;
  private final Space space;
  private final Points points;
  private final int k;
  private final int spare;
  private final Workers workers;

  /** Where groups of the colours of a cube end, and their means. */
  private final int[] cubes;

  private final Points coarse;

  /** Share of the start's error that lies within cubes. */
  private double share;

  private Quantizer(
      ColorHistogram histogram, PaletteRequest request, boolean keepsOpaque, Workers workers) {
    this.histogram = histogram;
    this.kept = request.kept();
    this.space = request.space(histogram.hasAlpha());
    this.points = Points.of(histogram, space, keepsOpaque);
    this.k = request.colors();
    this.spare = k > MOST_MOVED ? 0 : Math.max(Math.min(k, 4), k / 8);
    this.workers = workers;
    int[] single = Grouping.single(points.size);
    int[] joined = Grouping.ends(histogram, single, CUBES);
    this.cubes = joined.length < LEAST_CUBES * k ? single : joined;
    this.coarse = points.grouped(cubes);
  }

  /**
   * A palette of at most as many colours as are wanted, and every colour's entry.
   *
   * @param threads most threads; the palette never depends on it
   */
  public static ColorMap quantize(ColorHistogram histogram, PaletteRequest request, int threads) {
    int kept = request.kept().length;
    int[] all = request.withKept(histogram.colors());
    if (all.length > request.colors()) {
      int[] first = histogram.hasTransparent() ? new int[1] : new int[0];
      int[] fixed = request.withKept(first);
      if (kept == request.colors()) {
        all = request.kept();
      } else if (fixed.length == request.colors() && request.colors() > 1) {
        all = fixed;
      }
    }
    if (all.length <= request.colors()) {
      PaletteOrder.sort(all, kept);
      return ColorMap.nearest(
          histogram, request.space(histogram.hasAlpha()).palette(all), request.metric(), threads);
    }
    int place = request.keepColors().indexOf(0);
    try (Workers workers = new Workers(threads)) {
      if (request.colors() == 1 || place < 0 && !histogram.hasTransparent()) {
        return new Quantizer(histogram, request, request.colors() > 1, workers)
            .cluster(request.effort());
      }
      return new Quantizer(histogram.visible(), request.withoutTransparent(), true, workers)
          .cluster(request.effort())
          .withTransparent(histogram, place < 0 ? kept : place);
    }
  }

  private ColorMap cluster(Effort effort) {
    int[] labels = VarianceCut.labels(coarse, k - kept.length);
    Lloyd start = Lloyd.ofLabels(coarse, space.place(kept), labels, k + spare, workers);
    share = (double) (points.squares - coarse.squares) / start.error();
    int[] ends = ends(0.3, CUBES, 1 << 15);
    Lloyd lloyd = coarsened(start, ends);
    lloyd.converge(1e-3, 4);
    new SplitMerge(lloyd, k).run(spare, 2, 0);
    Rounded rounded = round(lloyd, ends, 1, 1);
    if (effort == Effort.FAST) {
      return rounded.map();
    }
    int[] finer = ends(0.06, 4, 1 << 16);
    lloyd = refined(lloyd, ends, finer);
    new SplitMerge(lloyd, k).run(spare, 16 + Math.min(k, 256) / 16, 0);
    lloyd.converge(1e-4, 20);
    rounded = lower(rounded, round(lloyd, finer, 8, 3));
    if (effort == Effort.DEFAULT) {
      return rounded.map();
    }
    int[] finest = ends(0.03, 4, 1 << 18);
    lloyd = refined(lloyd, finer, finest);
    SplitMerge moves = new SplitMerge(lloyd, k);
    moves.run(spare, 400, 8);
    if (k <= MOST_SWAPPED) {
      moves.swap(64);
    }
    lloyd.converge(1e-5, 50);
    return lower(rounded, round(lloyd, finest, 20, 20)).map();
  }

  private static Rounded lower(Rounded a, Rounded b) {
    return b.error() < a.error() ? b : a;
  }

  /** Takes the start's centres from cubes to a coarser grouping. */
  private Lloyd coarsened(Lloyd start, int[] ends) {
    int[] inner = Grouping.within(cubes, ends);
    int[] guess = new int[inner.length];
    for (int g = 0; g < guess.length; g++) {
      guess[g] = start.labels[inner[g] - 1];
    }
    return start.on(coarse.grouped(inner), guess);
  }

  /** Takes centres from a grouping to one that is finer or the same. */
  private Lloyd refined(Lloyd lloyd, int[] ends, int[] finer) {
    if (finer.length == ends.length) {
      return lloyd;
    }
    lloyd.assign();
    Points means =
        finer.length > cubes.length
            ? points.grouped(finer)
            : coarse.grouped(Grouping.within(cubes, finer));
    return lloyd.refined(means, Grouping.within(finer, ends));
  }

  /** Takes centres to the exact colours, by way of the cubes if those are between, and rounds. */
  private Rounded round(Lloyd lloyd, int[] ends, int steps, int roundings) {
    Lloyd middle = lloyd;
    int[] middleEnds = ends;
    if (ends.length < cubes.length) {
      middle = refined(lloyd, ends, cubes);
      middle.converge(1e-4, steps);
      middleEnds = cubes;
    }
    middle.assign();
    return new Rounded(middle.refined(points, middleEnds), histogram, space, kept, k)
        .polish(roundings);
  }

  /**
   * The coarsest grouping within which there is no more than a given share of the error, or one of
   * about {@code groups} if that would have more.
   */
  private int[] ends(double most, int leastLevels, int groups) {
    if (cubes.length == points.size) {
      return cubes;
    }
    int levels = CUBES;
    double inner = share;
    while (levels < MOST_LEVELS && inner * LEVEL <= most) {
      inner *= LEVEL;
      levels++;
    }
    for (; levels > leastLevels && inner > most; levels--) {
      inner /= LEVEL;
    }
    for (; levels < CUBES && cubes.length < groups; levels++) {
      int[] parts = Grouping.ends(histogram, Grouping.single(points.size), levels);
      if (parts.length <= groups) {
        return parts;
      }
    }
    levels = Math.max(levels, CUBES);
    for (; levels > CUBES; levels--) {
      int[] joined = Grouping.ends(histogram, cubes, levels);
      if (joined.length >= LEAST_GROUPS * k) {
        return joined;
      }
    }
    return cubes;
  }
}
