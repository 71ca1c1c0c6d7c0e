package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The initial clustering: splits the cluster with the largest squared error at the mean of the axis
 * with the largest variance, until there are K (Wan, Wong and Prusinkiewicz, ACM TOMS 14(2), 1988).
 * Opaque points that need opaque centres are separated first. Sums are integers: one half is
 * counted, the other is the difference.
 */
final class VarianceCut {
  private final WeightedPoints points;
  private final int[] order;
  private final int[] spare;
  private final int[] labels;

  private VarianceCut(WeightedPoints points) {
    this.points = points;
    this.order = new int[points.size];
    this.spare = new int[points.size];
    this.labels = new int[points.size];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /**
   * The cluster of each point, 0 to {@code k - 1}; all are used if there are k points.
   *
   * @param progress reports each cut
   */
  static int[] labels(WeightedPoints points, int k, Work progress) {
    VarianceCut cut = new VarianceCut(points);
    PriorityQueue<Cluster> clusters = new PriorityQueue<>();
    boolean apart = k > 1 && points.opaque > 0 && points.opaque < points.size;
    int made = apart ? 2 : 1;
    clusters.add(cut.cluster(0, 0, apart ? points.opaque : points.size));
    if (apart) {
      clusters.add(cut.cluster(1, points.opaque, points.size));
    }
    while (made < k && clusters.element().to - clusters.element().from > 1) {
      progress.report((double) made / k);
      Cluster widest = clusters.remove();
      Cluster upper = cut.divide(widest, made++);
      clusters.add(widest);
      clusters.add(upper);
    }
    return cut.labels;
  }

  private Cluster cluster(int id, int from, int to) {
    Cluster cluster = new Cluster(points.dims, id, from, to);
    Arrays.fill(labels, from, to, id);
    sum(cluster);
    cluster.settle(points.dims);
    return cluster;
  }

  private void sum(Cluster cluster) {
    int dims = points.dims;
    short[] at = points.coordinates;
    long weight = 0;
    for (int i = cluster.from; i < cluster.to; i++) {
      int point = order[i];
      long w = points.weight[point];
      weight += w;
      for (int d = 0; d < dims; d++) {
        long x = at[point * dims + d];
        cluster.sums[d] += w * x;
        cluster.squares[d] += w * x * x;
      }
    }
    cluster.weight = weight;
  }

  /** Keeps the points up to the mean in the cluster, and returns the others as a new one. */
  private Cluster divide(Cluster cluster, int id) {
    int dims = points.dims;
    int axis = cluster.axis;
    int mean = (int) Math.floorDiv(cluster.sums[axis], cluster.weight);
    int front = cluster.from;
    int back = 0;
    for (int i = cluster.from; i < cluster.to; i++) {
      int point = order[i];
      int above = points.coordinates[point * dims + axis] > mean ? 1 : 0;
      order[front] = point;
      spare[back] = point;
      front += 1 - above;
      back += above;
    }
    if (back == 0 || front == cluster.from) {
      // All points are equal, so any split will do.
      front = cluster.to - 1;
      back = 1;
      spare[0] = order[front];
    }
    System.arraycopy(spare, 0, order, front, back);
    Cluster upper = new Cluster(dims, id, front, cluster.to);
    for (int i = front; i < cluster.to; i++) {
      labels[order[i]] = id;
    }
    cluster.to = front;
    sum(upper);
    cluster.subtract(upper);
    cluster.settle(dims);
    upper.settle(dims);
    return upper;
  }

  private static final class Cluster implements Comparable<Cluster> {
    final int id;
    final int from;
    int to;
    long weight;
    final long[] sums;
    final long[] squares;
    double error;
    int axis;

    Cluster(int dims, int id, int from, int to) {
      this.id = id;
      this.from = from;
      this.to = to;
      this.sums = new long[dims];
      this.squares = new long[dims];
    }

    void subtract(Cluster other) {
      weight -= other.weight;
      for (int d = 0; d < sums.length; d++) {
        sums[d] -= other.sums[d];
        squares[d] -= other.squares[d];
      }
    }

    void settle(int dims) {
      error = 0;
      double widest = -1;
      for (int d = 0; d < dims; d++) {
        double variance = Math.max(0, squares[d] - (double) sums[d] * sums[d] / weight);
        error += variance;
        if (variance > widest) {
          widest = variance;
          axis = d;
        }
      }
      if (to - from < 2) {
        error = -1;
      }
    }

    @Override
    public int compareTo(Cluster other) {
      return error != other.error ? Double.compare(other.error, error) : id - other.id;
    }
  }
}
