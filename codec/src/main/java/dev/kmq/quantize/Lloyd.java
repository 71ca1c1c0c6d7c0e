package dev.kmq.quantize;

import java.util.Arrays;

/**
 * Lloyd's algorithm (IEEE Trans. Inf. Theory 28(2), 1982) on weighted points: assign every point to
 * its nearest centre, move every centre to the mean of its points.
 *
 * <p>Assignment is exact and never looks at all centres: up to {@link #LISTED} centres, those
 * around the previous one are tried in order of their distance from it until the triangle
 * inequality rules out the rest; above, a k-d tree is searched. Sums are integers, so threads play
 * no part.
 */
final class Lloyd {
  /** Up to this many centres each has a sorted list of all others. */
  static final int LISTED = 1024;

  private final Points points;
  private final Workers workers;
  private final int k;
  private final double[] centers;
  private final int[] labels;
  private boolean assigned;

  Lloyd(Points points, double[] centers, Workers workers) {
    this.points = points;
    this.workers = workers;
    this.k = centers.length / points.dims;
    this.centers = centers.clone();
    this.labels = new int[points.size];
  }

  /** The centres, {@code dims} numbers each. */
  double[] centers() {
    return centers.clone();
  }

  /** The nearest centre of each point as of the last step. */
  int[] labels() {
    return labels.clone();
  }

  /** Steps until one gains less than {@code gain} of the error, or {@code most} are done. */
  void converge(double gain, int most) {
    double last = step();
    for (int i = 1; i < most; i++) {
      double error = step();
      if (error >= last * (1 - gain)) {
        return;
      }
      last = error;
    }
  }

  /**
   * One step: assigns, then moves the centres; a centre without points goes to the point that is
   * worst off.
   *
   * @return the squared error after the assignment, before the move
   */
  double step() {
    assign();
    double error = 0;
    double[] worst = new double[points.size];
    int dims = points.dims;
    for (int i = 0; i < points.size; i++) {
      worst[i] = points.weight[i] * distance(points.at, i * dims, centers, labels[i] * dims, dims);
      error += worst[i];
    }
    long[] sums = new long[k * dims];
    long[] weights = new long[k];
    for (int i = 0; i < points.size; i++) {
      long w = points.weight[i];
      int c = labels[i];
      weights[c] += w;
      for (int d = 0; d < dims; d++) {
        sums[c * dims + d] += w * points.at[i * dims + d];
      }
    }
    for (int c = 0; c < k; c++) {
      if (weights[c] == 0) {
        int lost = indexOfMax(worst);
        worst[lost] = -1;
        for (int d = 0; d < dims; d++) {
          centers[c * dims + d] = points.at[lost * dims + d];
        }
      } else {
        for (int d = 0; d < dims; d++) {
          centers[c * dims + d] = (double) sums[c * dims + d] / weights[c];
        }
      }
    }
    return error;
  }

  private static int indexOfMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  private void assign() {
    if (k > LISTED || !assigned) {
      NearestColor nearest = new NearestColor(centers, points.dims);
      workers.run(
          points.size,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              labels[i] = nearest.index(points.at, i * points.dims, labels[i]);
            }
          });
      assigned = true;
      return;
    }
    int[] order = new int[k * k];
    double[] apart = new double[k * k];
    listNeighbors(order, apart);
    workers.run(
        points.size,
        (from, to) -> assign(points.at, points.dims, centers, order, apart, k, labels, from, to));
  }

  /** For every centre all others, nearest first, and how far they are. */
  private void listNeighbors(int[] order, double[] apart) {
    int dims = points.dims;
    long[] keys = new long[k];
    for (int c = 0; c < k; c++) {
      for (int o = 0; o < k; o++) {
        double sum = 0;
        for (int d = 0; d < dims; d++) {
          double gap = centers[c * dims + d] - centers[o * dims + d];
          sum += gap * gap;
        }
        // Positive floats sort as their bits do; the list needs no more than their precision.
        keys[o] = (long) Float.floatToIntBits((float) sum) << 32 | o;
      }
      Arrays.sort(keys);
      for (int n = 0; n < k; n++) {
        int o = (int) keys[n];
        order[c * k + n] = o;
        apart[c * k + n] =
            Math.sqrt(Float.intBitsToFloat((int) (keys[n] >>> 32))) * (1 - 1e-6) - 1e-6;
      }
    }
  }

  private static void assign(
      int[] at,
      int dims,
      double[] centers,
      int[] order,
      double[] apart,
      int k,
      int[] labels,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      int was = labels[i];
      double own = distance(at, i * dims, centers, was * dims, dims);
      double root = Math.sqrt(own);
      int best = was;
      double least = own;
      double reach = 2 * root;
      for (int n = was * k, end = n + k; n < end && apart[n] <= reach; n++) {
        int o = order[n];
        double gap = distance(at, i * dims, centers, o * dims, dims);
        if (gap < least || gap == least && o < best) {
          least = gap;
          best = o;
          reach = root + Math.sqrt(gap);
        }
      }
      labels[i] = best;
    }
  }

  static double distance(int[] at, int point, double[] centers, int center, int dims) {
    double x = at[point] - centers[center];
    double y = at[point + 1] - centers[center + 1];
    double z = at[point + 2] - centers[center + 2];
    double sum = x * x + y * y + z * z;
    if (dims == 4) {
      double a = at[point + 3] - centers[center + 3];
      sum += a * a;
    }
    return sum;
  }
}
