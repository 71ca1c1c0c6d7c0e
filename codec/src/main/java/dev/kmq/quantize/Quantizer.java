package dev.kmq.quantize;

import dev.kmq.image.Palette;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A histogram to a palette: the colours themselves where there are few enough, else variance cut,
 * Lloyd's steps to convergence, rounding to 8 bits, and steps on the rounded palette for as long as
 * its exact error falls. Delivers exactly K different colours whenever the picture has K.
 */
public final class Quantizer {
  private static final double GAIN = 1e-5;
  private static final int MOST_STEPS = 200;
  private static final int MOST_POLISH = 8;

  private final Points points;
  private final ColorHistogram histogram;
  private final Workers workers;
  private final int k;

  private Quantizer(ColorHistogram histogram, int k, Workers workers) {
    this.points = new Points(histogram);
    this.histogram = histogram;
    this.workers = workers;
    this.k = k;
  }

  /**
   * The palette of at most {@code colors} colours.
   *
   * @param colors K, 1 to 65536
   * @param threads most threads; the palette never depends on it
   */
  public static Palette quantize(ColorHistogram histogram, int colors, int threads) {
    int[] argb;
    if (histogram.size() <= colors) {
      argb = IntStream.range(0, histogram.size()).map(histogram::argb).toArray();
    } else {
      try (Workers workers = new Workers(threads)) {
        argb = new Quantizer(histogram, colors, workers).cluster();
      }
    }
    PaletteOrder.sort(argb);
    return histogram.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  private int[] cluster() {
    Lloyd lloyd = new Lloyd(points, VarianceCut.means(points, k), workers);
    lloyd.converge(GAIN, MOST_STEPS);
    int[] best = round(lloyd.centers());
    double least = Double.MAX_VALUE;
    int[] current = best;
    for (int i = 0; i < MOST_POLISH; i++) {
      Lloyd polish = new Lloyd(points, place(current), workers);
      double error = polish.step();
      if (error >= least) {
        break;
      }
      least = error;
      best = current;
      current = round(polish.centers());
    }
    return best;
  }

  private double[] place(int[] argb) {
    int[] at = new int[argb.length * points.dims];
    for (int i = 0; i < argb.length; i++) {
      Points.place(argb[i], points.dims, at, i * points.dims);
    }
    return Arrays.stream(at).asDoubleStream().toArray();
  }

  /** Rounds, and gives slots freed by colours that became equal to the colours worst off. */
  private int[] round(double[] centers) {
    Set<Integer> seen = new HashSet<>();
    int[] argb = new int[k];
    int kept = 0;
    for (int c = 0; c < k; c++) {
      int color = Points.color(centers, c * points.dims, points.dims);
      if (seen.add(color)) {
        argb[kept++] = color;
      }
    }
    return kept == k ? argb : refill(argb, kept, seen);
  }

  private int[] refill(int[] argb, int kept, Set<Integer> seen) {
    double[] centers = place(Arrays.copyOf(argb, kept));
    NearestColor nearest = new NearestColor(centers, points.dims);
    double[] error = new double[points.size];
    workers.run(
        points.size,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i * points.dims;
            int entry = nearest.index(points.at, at, 0);
            error[i] =
                points.weight[i]
                    * Lloyd.distance(points.at, at, centers, entry * points.dims, points.dims);
          }
        });
    int[] full = argb.clone();
    int[] worstFirst =
        IntStream.range(0, points.size)
            .boxed()
            .sorted((a, b) -> error[a] != error[b] ? Double.compare(error[b], error[a]) : a - b)
            .mapToInt(Integer::intValue)
            .toArray();
    int next = kept;
    for (int i = 0; next < k; i++) {
      int color = histogram.argb(worstFirst[i]);
      if (seen.add(color)) {
        full[next++] = color;
      }
    }
    return full;
  }
}
