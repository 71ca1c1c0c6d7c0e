package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import dev.kmq.image.Effort;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/**
 * Computes a palette from a histogram. If the colours fit, they are the palette. Otherwise a
 * variance cut, Lloyd's steps and split-and-merge moves run on groups of similar colours, then
 * further steps on the exact colours with the palette rounded to 8 bits. The palette has exactly K
 * different colours if the image has at least K.
 *
 * <p>Alpha follows {@link AlphaRule}: with two colours or more, the transparent colour is an entry
 * of its own and is left out of the clustering, and clusters with opaque colours are opaque.
 *
 * <p>Groups are as coarse as the palette allows: the error within them must be a small fraction of
 * the total, which decreases with the effort.
 */
public final class Quantizer {
  /** Morton levels of an initial group: cubes of 4x4x4 colours. */
  private static final int CUBES = 6;

  /** Factor by which the error within groups grows per level: 4 in three levels. */
  private static final double LEVEL = 1.59;

  private static final int MOST_LEVELS = 12;

  /** Groups needed for each centre. */
  private static final int LEAST_CUBES = 32;

  private static final int LEAST_GROUPS = 24;

  /** With more centres than this there are only Lloyd's steps: moves would take too long. */
  private static final int MOST_MOVED = 1024;

  /**
   * With more centres than this, moves of several clusters at once find what single moves would.
   */
  private static final int MOST_SWAPPED = 64;

  /** The part of the error that rounding may add before moves start from rounded colours. */
  private static final double MOST_ROUNDING = 0.01;

  private static final int ROUNDED_TURNS = 4;

  /** Gain of a turn that makes the next worth its time. */
  private static final double LEAST_GAIN = 1e-3;

  /**
   * Share of the time that each step takes, in percent, for photographs of a megapixel. The first
   * step precedes {@link #cluster}; the last one is the final map.
   */
  private static final Map<Effort, double[]> MOVED =
      Map.of(
          Effort.FAST, new double[] {15, 4, 18, 14, 37, 12},
          Effort.DEFAULT, new double[] {5, 1, 3, 5, 13, 38, 1, 29, 5},
          Effort.BEST, new double[] {1, 1, 1, 1, 2, 5, 1, 4, 45, 7, 1, 5, 25, 1});

  /** The same without moves. */
  private static final Map<Effort, double[]> UNMOVED =
      Map.of(
          Effort.FAST, new double[] {9, 3, 34, 0, 38, 16},
          Effort.DEFAULT, new double[] {6, 2, 19, 0, 17, 0, 27, 24, 5},
          Effort.BEST, new double[] {1, 1, 7, 0, 8, 0, 11, 13, 0, 0, 39, 18, 0, 2});

  private final ColorHistogram histogram;
  private final int[] kept;
  private final ColorCoordinates space;
  private final WeightedPoints points;
  private final int k;
  private final int spare;
  private final Work work;

  /** Ends of the groups that are cubes of colours, and the means of the groups. */
  private final int[] cubes;

  private final WeightedPoints coarse;

  /** Fraction of the initial error that is within cubes. */
  private double share;

  private Quantizer(
      ColorHistogram histogram,
      PaletteRequest request,
      ColorCoordinates space,
      boolean keepsOpaque,
      int[] weights,
      Work work) {
    this.histogram = histogram;
    this.kept = request.kept();
    this.space = space;
    this.points = WeightedPoints.of(histogram, space, keepsOpaque, weights, work);
    this.k = request.colors();
    this.spare = k > MOST_MOVED ? 0 : Math.max(Math.min(k, 4), k / 8);
    this.work = work;
    int[] single = MortonGroups.single(points.size);
    int[] joined = MortonGroups.ends(histogram, single, CUBES);
    work.check();
    this.cubes = joined.length < LEAST_CUBES * k ? single : joined;
    this.coarse = points.grouped(cubes);
  }

  /**
   * A palette of at most the requested number of colours, and the entry of every colour.
   *
   * @param work runs the loops; the palette does not depend on its threads
   */
  public static ColorMap quantize(ColorHistogram histogram, PaletteRequest request, Work work) {
    int kept = request.kept().length;
    int[] all = request.withKept(histogram.colors());
    work.check();
    if (all.length <= request.colors()) {
      return ColorMap.exact(histogram, request.palette(all, histogram.hasAlpha()));
    }
    int[] fixed = request.withKept(histogram.hasTransparent() ? new int[1] : new int[0]);
    if (kept == request.colors() || fixed.length == request.colors() && request.colors() > 1) {
      int[] argb = kept == request.colors() ? request.kept() : fixed;
      Palette palette = request.palette(argb, histogram.hasAlpha());
      return ColorMap.nearest(histogram, palette, request.metric(), work);
    }
    int place = request.keepColors().indexOf(0);
    if (request.colors() == 1 || place < 0 && !histogram.hasTransparent()) {
      ColorCoordinates space = request.space(histogram.hasAlpha());
      return cluster(histogram, request, space, request.colors() > 1, work);
    }
    ColorHistogram visible = histogram.visible();
    // In RGB, opaque colours have the same distances in a space without alpha.
    boolean alpha = request.metric() == Metric.OKLAB || visible.hasAlpha();
    return cluster(visible, request.withoutTransparent(), request.space(alpha), true, work)
        .withTransparent(histogram, place < 0 ? kept : place);
  }

  private static ColorMap cluster(
      ColorHistogram histogram,
      PaletteRequest request,
      ColorCoordinates space,
      boolean keepsOpaque,
      Work work) {
    if (request.metric() != Metric.OKLAB || !LostHues.mayOccur(request.colors(), space.dims == 4)) {
      return new Quantizer(histogram, request, space, keepsOpaque, histogram.counts(), work)
          .cluster(request.effort());
    }
    int[] weights = LostHues.weights(histogram);
    for (int turn = 0; ; turn++) {
      Work part = work.part(turn / (LostHues.TURNS + 1.0), (turn + 1) / (LostHues.TURNS + 1.0));
      ColorMap map =
          new Quantizer(histogram, request, space, keepsOpaque, weights, part)
              .cluster(request.effort());
      if (turn == LostHues.TURNS || !LostHues.raise(map, weights)) {
        return map;
      }
    }
  }

  private ColorMap cluster(Effort effort) {
    Map<Effort, double[]> shares = spare > 0 ? MOVED : UNMOVED;
    Iterator<Work> steps = work.split(Objects.requireNonNull(shares.get(effort))).iterator();
    steps.next().report(1);
    int[] labels = VarianceCut.labels(coarse, k - kept.length, steps.next());
    Lloyd start = Lloyd.ofLabels(coarse, space.place(kept), labels, k + spare, work);
    share = (double) (points.squares - coarse.squares) / start.error();
    int[] ends = ends(0.3, CUBES, 1 << 15);
    Lloyd lloyd = coarsened(start, ends);
    lloyd.converge(1e-3, 4, steps.next());
    new SplitMerge(lloyd, k).run(spare, 2, 0, steps.next());
    PaletteRounding rounded = round(lloyd, ends, 1, 1, steps.next());
    if (effort == Effort.FAST) {
      steps.next().report(0);
      return rounded.map();
    }
    int[] finer = ends(0.06, 4, 1 << 16);
    lloyd = refined(lloyd, ends, finer);
    new SplitMerge(lloyd, k).run(spare, 16 + Math.min(k, 256) / 16, 0, steps.next());
    lloyd.converge(1e-4, 20, steps.next());
    rounded = lower(rounded, round(lloyd, finer, 8, 3, steps.next()));
    if (effort == Effort.DEFAULT) {
      steps.next().report(0);
      return rounded.map();
    }
    int[] finest = ends(0.03, 4, 1 << 18);
    lloyd = refined(lloyd, finer, finest);
    SplitMerge moves = new SplitMerge(lloyd, k);
    moves.run(spare, 400, 8, steps.next());
    Work swaps = steps.next();
    if (k <= MOST_SWAPPED) {
      moves.swap(64, swaps);
    }
    lloyd.converge(1e-5, 50, steps.next());
    rounded = lower(rounded, round(lloyd, finest, 20, 20, steps.next()));
    rounded = moved(lloyd, finest, rounded, steps.next());
    steps.next().report(0);
    return rounded.map();
  }

  /**
   * Makes moves from the rounded palette while that gains. Where rounding is a large part of the
   * error, the best centres are not those whose rounded colours are best.
   */
  private PaletteRounding moved(Lloyd lloyd, int[] ends, PaletteRounding start, Work progress) {
    PaletteRounding best = start;
    if (spare == 0 || start.share() < MOST_ROUNDING) {
      return best;
    }
    for (int turn = 0; turn < ROUNDED_TURNS; turn++) {
      Work part = progress.part((double) turn / ROUNDED_TURNS, (turn + 1.0) / ROUNDED_TURNS);
      best.restore(lloyd);
      new SplitMerge(lloyd, k).run(spare, 400, 8, part.part(0, 0.8));
      lloyd.converge(1e-5, 50, part.part(0.8, 0.9));
      PaletteRounding next = round(lloyd, ends, 20, 20, part.part(0.9, 1));
      boolean gains = next.error() < best.error() * (1 - LEAST_GAIN);
      best = lower(best, next);
      if (!gains) {
        break;
      }
    }
    return best;
  }

  private static PaletteRounding lower(PaletteRounding a, PaletteRounding b) {
    return b.error() < a.error() ? b : a;
  }

  /** Transfers the initial centres from cubes to a coarser grouping. */
  private Lloyd coarsened(Lloyd start, int[] ends) {
    int[] inner = MortonGroups.within(cubes, ends);
    int[] guess = new int[inner.length];
    for (int g = 0; g < guess.length; g++) {
      guess[g] = start.labels[inner[g] - 1];
    }
    return start.on(coarse.grouped(inner), guess);
  }

  /** Transfers centres to a grouping that is finer or the same. */
  private Lloyd refined(Lloyd lloyd, int[] ends, int[] finer) {
    if (finer.length == ends.length) {
      return lloyd;
    }
    lloyd.assign();
    WeightedPoints means =
        finer.length > cubes.length
            ? points.grouped(finer)
            : coarse.grouped(MortonGroups.within(cubes, finer));
    work.check();
    return lloyd.refined(means, MortonGroups.within(finer, ends));
  }

  /**
   * Transfers centres to the exact colours, by way of the cubes if those are between, and rounds.
   */
  private PaletteRounding round(Lloyd lloyd, int[] ends, int steps, int roundings, Work progress) {
    Lloyd middle = lloyd;
    int[] middleEnds = ends;
    if (ends.length < cubes.length) {
      middle = refined(lloyd, ends, cubes);
      middle.converge(1e-4, steps, progress.part(0, 0.5));
      middleEnds = cubes;
    }
    middle.assign();
    return new PaletteRounding(middle.refined(points, middleEnds), histogram, space, kept, k)
        .polish(roundings, progress.part(0.5, 1));
  }

  /**
   * The coarsest grouping with at most a given fraction of the error within groups, or one of about
   * {@code groups} groups if that would have more.
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
      int[] parts = MortonGroups.ends(histogram, MortonGroups.single(points.size), levels);
      work.check();
      if (parts.length <= groups) {
        return parts;
      }
    }
    levels = Math.max(levels, CUBES);
    for (; levels > CUBES; levels--) {
      int[] joined = MortonGroups.ends(histogram, cubes, levels);
      if (joined.length >= LEAST_GROUPS * k) {
        return joined;
      }
    }
    return cubes;
  }
}
