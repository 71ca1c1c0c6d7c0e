package dev.kmq.quantize;

import java.util.PriorityQueue;

/**
 * The start of the clustering: cuts the cluster of largest squared error, across its axis of
 * largest variance at the mean, until there are K (Wan, Wong and Prusinkiewicz, ACM TOMS 14(2),
 * 1988).
 */
final class VarianceCut {
  private final Points points;
  private final int[] order;
  private final int[] spare;

  private VarianceCut(Points points) {
    this.points = points;
    this.order = new int[points.size];
    this.spare = new int[points.size];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /** The means of {@code k} clusters, {@code dims} numbers each; k is at most the points. */
  static double[] means(Points points, int k) {
    VarianceCut cut = new VarianceCut(points);
    PriorityQueue<Cluster> clusters =
        new PriorityQueue<>(
            (a, b) -> a.error != b.error ? Double.compare(b.error, a.error) : a.from - b.from);
    clusters.add(cut.cluster(0, points.size));
    while (clusters.size() < k) {
      Cluster widest = clusters.remove();
      int middle = cut.divide(widest);
      clusters.add(cut.cluster(widest.from, middle));
      clusters.add(cut.cluster(middle, widest.to));
    }
    double[] means = new double[k * points.dims];
    int i = 0;
    while (!clusters.isEmpty()) {
      System.arraycopy(clusters.remove().mean, 0, means, points.dims * i++, points.dims);
    }
    return means;
  }

  private Cluster cluster(int from, int to) {
    int dims = points.dims;
    double[] mean = new double[dims];
    double error = 0;
    double widest = -1;
    int axis = 0;
    for (int d = 0; d < dims; d++) {
      long weight = 0;
      long sum = 0;
      double squares = 0;
      for (int i = from; i < to; i++) {
        long w = points.weight[order[i]];
        long x = points.at[order[i] * dims + d];
        weight += w;
        sum += w * x;
        squares += (double) (w * x) * x;
      }
      mean[d] = (double) sum / weight;
      double variance = Math.max(0, squares - mean[d] * sum);
      error += variance;
      if (variance > widest && spans(from, to, d)) {
        widest = variance;
        axis = d;
      }
    }
    return new Cluster(from, to, to - from > 1 ? error : -1, axis, mean);
  }

  private boolean spans(int from, int to, int d) {
    int first = points.at[order[from] * points.dims + d];
    for (int i = from + 1; i < to; i++) {
      if (points.at[order[i] * points.dims + d] != first) {
        return true;
      }
    }
    return false;
  }

  /** Brings the points at or below the mean to the front, order kept, and tells how many. */
  private int divide(Cluster cluster) {
    int front = cluster.from;
    int back = 0;
    for (int i = cluster.from; i < cluster.to; i++) {
      int point = order[i];
      if (points.at[point * points.dims + cluster.axis] <= cluster.mean[cluster.axis]) {
        order[front++] = point;
      } else {
        spare[back++] = point;
      }
    }
    System.arraycopy(spare, 0, order, front, back);
    return front;
  }

  private static final class Cluster {
    final int from;
    final int to;
    final double error;
    final int axis;
    final double[] mean;

    Cluster(int from, int to, double error, int axis, double[] mean) {
      this.from = from;
      this.to = to;
      this.error = error;
      this.axis = axis;
      this.mean = mean;
    }
  }
}
