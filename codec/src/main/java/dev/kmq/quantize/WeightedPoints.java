package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import java.util.Arrays;

/** Colours, or means of groups of colours, as weighted points of a {@link ColorCoordinates}. */
final class WeightedPoints {
  final int dims;
  final int size;

  /**
   * Number of opaque points, which come first and need opaque centres; 0 if there are no others or
   * any centre will do.
   */
  final int opaque;

  /** Coordinates, {@code dims} per point. */
  final short[] coordinates;

  /** How much each point counts: its pixels, or more. */
  final int[] weight;

  /** The sum over pixels of the squared distance from the origin of coordinates. */
  final long squares;

  private WeightedPoints(int dims, int opaque, short[] coordinates, int[] weight) {
    this.dims = dims;
    this.opaque = opaque;
    this.size = weight.length;
    this.coordinates = coordinates;
    this.weight = weight;
    this.squares = sumOfSquares();
  }

  /** One point per colour, weighted by its pixels. */
  static WeightedPoints of(
      ColorHistogram histogram, ColorCoordinates space, boolean keepsOpaque, Work work) {
    return of(histogram, space, keepsOpaque, histogram.counts(), work);
  }

  /**
   * One point per colour.
   *
   * @param keepsOpaque whether opaque points need opaque centres
   * @param weights of the points
   */
  static WeightedPoints of(
      ColorHistogram histogram,
      ColorCoordinates space,
      boolean keepsOpaque,
      int[] weights,
      Work work) {
    short[] coordinates = new short[histogram.size() * space.dims];
    work.loop(
        histogram.size(),
        (from, to) ->
            work.runs(from, to, (start, end) -> place(histogram, space, coordinates, start, end)));
    int opaque = keepsOpaque && space.dims == 4 ? histogram.opaque() : 0;
    return new WeightedPoints(space.dims, opaque, coordinates, weights);
  }

  private static void place(
      ColorHistogram histogram, ColorCoordinates space, short[] coordinates, int from, int to) {
    double[] lab = new double[3];
    for (int i = from; i < to; i++) {
      space.place(histogram.argb(i), coordinates, i * space.dims, lab);
    }
  }

  /**
   * One point per group of consecutive points, at their mean; {@code ends} has the ends of the
   * groups.
   */
  WeightedPoints grouped(int[] ends) {
    short[] means = new short[ends.length * dims];
    int[] weights = new int[ends.length];
    long[] sums = new long[dims];
    int i = 0;
    for (int g = 0; g < ends.length; g++) {
      Arrays.fill(sums, 0);
      int total = 0;
      for (; i < ends[g]; i++) {
        int w = weight[i];
        total += w;
        for (int d = 0; d < dims; d++) {
          sums[d] += (long) w * coordinates[i * dims + d];
        }
      }
      weights[g] = total;
      for (int d = 0; d < dims; d++) {
        means[g * dims + d] = (short) Math.floorDiv(2 * sums[d] + total, 2L * total);
      }
    }
    return new WeightedPoints(dims, firstGroups(ends), means, weights);
  }

  /** Number of groups of opaque points; no group mixes both kinds. */
  private int firstGroups(int[] ends) {
    int at = opaque == 0 ? -1 : Arrays.binarySearch(ends, opaque);
    return at + 1;
  }

  /** The coordinate of alpha that opaque points have; only if there are any. */
  double opaqueAlpha() {
    return coordinates[3];
  }

  /** The sum of the weights. */
  long total() {
    long sum = 0;
    for (int w : weight) {
      sum += w;
    }
    return sum;
  }

  private long sumOfSquares() {
    long sum = 0;
    for (int i = 0, next = 0; i < size; i++) {
      long square = 0;
      for (int d = 0; d < dims; d++, next++) {
        square += (long) coordinates[next] * coordinates[next];
      }
      sum += square * weight[i];
    }
    return sum;
  }

  /** The distance of point {@code i} from point {@code j} of others. */
  float apart(int i, WeightedPoints others, int j) {
    double sum = 0;
    for (int d = 0; d < dims; d++) {
      double gap = coordinates[i * dims + d] - others.coordinates[j * dims + d];
      sum += gap * gap;
    }
    return (float) Math.sqrt(sum);
  }
}
