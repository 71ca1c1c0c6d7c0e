package dev.kmq.quantize;

import java.util.Arrays;

/**
 * Lloyd's algorithm (IEEE Trans. Inf. Theory 28(2), 1982) on weighted points: assign every point to
 * its nearest centre, move every centre to the mean of its points.
 *
 * <p>Assignment gives the same labels as a search of all centres, ties to the lowest index, but
 * skips most of it: each point keeps bounds on its distances from its own and from the second
 * nearest centre (Hamerly, SDM 2010); where they do not decide, the centres around its own are
 * tried, nearest first, for as long as the triangle inequality allows (after Newling and Fleuret's
 * exponion, ICML 2016). Sums are integers and follow the labels that change.
 *
 * <p>Slots without a centre are dead: their coordinates lie out of reach of any point.
 */
final class Lloyd {
  /** Neighbours listed for each centre. */
  static final int LISTED = 40;

  /** A coordinate further away than any point. */
  static final double DEAD = 1e9;

  /** More than the rounding of a bound's float in one addition. */
  static final float SLACK = 0.02f;

  final Points points;
  final int dims;
  final int slots;
  final double[] centers;
  final long[] sums;
  final long[] weights;
  final int[] labels;

  /** Bounds on the distance of each point from its centre and from all others. */
  final float[] upper;

  final float[] lower;

  final Neighbors neighbors;
  private final Workers workers;
  private final double squares;

  /** How far each centre, those around it, and any at all moved in the last step. */
  final float[] moved;

  final float[] movedAround;

  Lloyd(Points points, int slots, Workers workers) {
    this.points = points;
    this.workers = workers;
    this.dims = points.dims;
    this.slots = slots;
    this.centers = new double[slots * dims];
    this.sums = new long[slots * dims];
    this.weights = new long[slots];
    this.labels = new int[points.size];
    this.upper = new float[points.size];
    this.lower = new float[points.size];
    this.neighbors = new Neighbors(this);
    this.squares = points.squares;
    this.moved = new float[slots];
    this.movedAround = new float[slots];
    Arrays.fill(centers, DEAD);
    Arrays.fill(upper, Float.MAX_VALUE);
  }

  /** Starts with the means of the given clusters. */
  static Lloyd ofLabels(Points points, int[] labels, int slots, Workers workers) {
    Lloyd lloyd = new Lloyd(points, slots, workers);
    System.arraycopy(labels, 0, lloyd.labels, 0, labels.length);
    lloyd.sumUp();
    for (int c = 0; c < slots; c++) {
      lloyd.toMean(c);
    }
    lloyd.neighbors.list();
    return lloyd;
  }

  /** Starts with given centres, and no guess at the labels. */
  static Lloyd ofCenters(Points points, double[] centers, Workers workers) {
    Lloyd lloyd = new Lloyd(points, centers.length / points.dims, workers);
    System.arraycopy(centers, 0, lloyd.centers, 0, centers.length);
    lloyd.neighbors.list();
    lloyd.assignSearching();
    return lloyd;
  }

  private void assignSearching() {
    neighbors.tree();
    workers.run(
        points.size,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            labels[i] = searchAll(i);
          }
        });
    sumUp();
  }

  /** The same centres on other points, with a guess at their labels. */
  Lloyd on(Points others, int[] guess) {
    Lloyd lloyd = new Lloyd(others, slots, workers);
    System.arraycopy(centers, 0, lloyd.centers, 0, centers.length);
    System.arraycopy(guess, 0, lloyd.labels, 0, guess.length);
    lloyd.sumUp();
    lloyd.neighbors.list();
    return lloyd;
  }

  /**
   * The same centres on the points that these ones are the means of; {@code ends} are where the
   * groups end. What is known of the means bounds what there is to know of the points.
   */
  Lloyd refined(Points finer, int[] ends) {
    Lloyd lloyd = new Lloyd(finer, slots, workers);
    System.arraycopy(centers, 0, lloyd.centers, 0, centers.length);
    System.arraycopy(moved, 0, lloyd.moved, 0, moved.length);
    lloyd.neighbors.copyFrom(neighbors);
    for (int g = 0, i = 0; g < ends.length; g++) {
      for (; i < ends[g]; i++) {
        float apart = points.apart(g, finer, i) + SLACK;
        lloyd.labels[i] = labels[g];
        lloyd.upper[i] = upper[g] + apart;
        lloyd.lower[i] = lower[g] - apart;
      }
    }
    lloyd.sumUp();
    return lloyd;
  }

  /** Renumbers the centres, so that ties go by the new order; {@code order} are their slots now. */
  Lloyd ordered(int[] order) {
    Lloyd lloyd = new Lloyd(points, order.length, workers);
    int[] place = new int[slots];
    for (int c = 0; c < order.length; c++) {
      place[order[c]] = c;
      System.arraycopy(centers, order[c] * dims, lloyd.centers, c * dims, dims);
      System.arraycopy(sums, order[c] * dims, lloyd.sums, c * dims, dims);
      lloyd.weights[c] = weights[order[c]];
    }
    for (int i = 0; i < points.size; i++) {
      lloyd.labels[i] = place[labels[i]];
    }
    System.arraycopy(upper, 0, lloyd.upper, 0, upper.length);
    System.arraycopy(lower, 0, lloyd.lower, 0, lower.length);
    lloyd.neighbors.list();
    lloyd.assign();
    return lloyd;
  }

  private void sumUp() {
    for (int i = 0; i < points.size; i++) {
      long w = points.weight[i];
      int c = labels[i];
      weights[c] += w;
      for (int d = 0; d < dims; d++) {
        sums[c * dims + d] += w * points.at[i * dims + d];
      }
    }
  }

  /** Puts a centre that has points at their mean, wherever it was, without a word to the bounds. */
  void toMean(int c) {
    if (weights[c] > 0) {
      for (int d = 0; d < dims; d++) {
        centers[c * dims + d] = (double) sums[c * dims + d] / weights[c];
      }
    }
  }

  /** Gives a point to another centre. */
  void relabel(int i, int to) {
    relabel(i, to, sums, weights);
  }

  private void relabel(int i, int to, long[] sums, long[] weights) {
    int c = labels[i];
    long w = points.weight[i];
    labels[i] = to;
    weights[c] -= w;
    weights[to] += w;
    for (int d = 0; d < dims; d++) {
      long x = w * points.at[i * dims + d];
      sums[c * dims + d] -= x;
      sums[to * dims + d] += x;
    }
  }

  /** Forgets the bounds of a point. */
  void forget(int i) {
    upper[i] = Float.MAX_VALUE;
    lower[i] = 0;
  }

  /** Gives each centre's points to its heir; a centre whose heir is another dies. */
  void bequeath(int[] heirs) {
    for (int i = 0; i < points.size; i++) {
      int c = labels[i];
      if (heirs[c] != c) {
        relabel(i, heirs[c]);
        forget(i);
      }
    }
    for (int c = 0; c < slots; c++) {
      if (heirs[c] != c) {
        Arrays.fill(centers, c * dims, (c + 1) * dims, DEAD);
      }
    }
  }

  /** Whether a slot has no centre. */
  boolean dead(int c) {
    return centers[c * dims] == DEAD;
  }

  /** The squared error with every centre at the mean of its points. */
  double error() {
    double explained = 0;
    for (int c = 0; c < slots; c++) {
      if (weights[c] > 0) {
        for (int d = 0; d < dims; d++) {
          double sum = sums[c * dims + d];
          explained += sum * sum / weights[c];
        }
      }
    }
    return squares - explained;
  }

  /** The squared error with the centres where they are. */
  double errorHere() {
    double explained = 0;
    for (int c = 0; c < slots; c++) {
      if (weights[c] > 0) {
        for (int d = 0; d < dims; d++) {
          double x = centers[c * dims + d];
          explained += x * (2.0 * sums[c * dims + d] - x * weights[c]);
        }
      }
    }
    return squares - explained;
  }

  /** Steps until one gains less than {@code gain} of the error, or {@code most} are done. */
  int converge(double gain, int most) {
    double last = Double.MAX_VALUE;
    for (int i = 0; i < most; i++) {
      assign();
      double error = error();
      move();
      if (error >= last * (1 - gain)) {
        return i + 1;
      }
      last = error;
    }
    return most;
  }

  /** Moves every centre to the mean of its points, and tells the bounds. */
  void move() {
    for (int c = 0; c < slots; c++) {
      float distance = 0;
      if (weights[c] > 0) {
        double sum = 0;
        for (int d = 0; d < dims; d++) {
          double mean = (double) sums[c * dims + d] / weights[c];
          double gap = mean - centers[c * dims + d];
          centers[c * dims + d] = mean;
          sum += gap * gap;
        }
        distance = sum == 0 ? 0 : (float) Math.sqrt(sum) + SLACK;
      }
      moved[c] += distance;
    }
  }

  /** Puts the centres elsewhere, and tells the bounds. */
  void moveTo(double[] target) {
    for (int c = 0; c < slots; c++) {
      double sum = 0;
      for (int d = 0; d < dims; d++) {
        double gap = target[c * dims + d] - centers[c * dims + d];
        centers[c * dims + d] = target[c * dims + d];
        sum += gap * gap;
      }
      moved[c] += sum == 0 ? 0 : (float) Math.sqrt(sum) + SLACK;
    }
  }

  /** Gives every point its nearest centre. */
  void assign() {
    neighbors.follow(moved, movedAround, workers);
    if (workers.parts(points.size) < 2) {
      assign(0, points.size, sums, weights);
    } else {
      neighbors.tree();
      workers.run(
          points.size,
          (from, to) -> {
            long[] moreSums = new long[sums.length];
            long[] moreWeights = new long[slots];
            assign(from, to, moreSums, moreWeights);
            add(moreSums, moreWeights);
          });
    }
    Arrays.fill(moved, 0);
  }

  private synchronized void add(long[] moreSums, long[] moreWeights) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += moreSums[i];
    }
    for (int c = 0; c < slots; c++) {
      weights[c] += moreWeights[c];
    }
  }

  private void assign(int from, int to, long[] sums, long[] weights) {
    float[] half = neighbors.half;
    float[] beyond = neighbors.beyond;
    for (int i = from; i < to; i++) {
      int c = labels[i];
      float u = upper[i] + moved[c];
      float l = lower[i] - movedAround[c];
      float far = beyond[c] - u;
      if (far < l) {
        l = far;
      }
      if (u < l || u < half[c]) {
        upper[i] = u;
        lower[i] = l;
        continue;
      }
      int best = dims == 3 ? scan3(i, c) : scan4(i, c);
      if (best != c) {
        relabel(i, best, sums, weights);
      }
    }
  }

  /** Looks for a nearer centre among the neighbours of the point's own; three dimensions. */
  private int scan3(int i, int c) {
    double[] centers = this.centers;
    double x = points.at[3 * i];
    double y = points.at[3 * i + 1];
    double z = points.at[3 * i + 2];
    double dx = x - centers[3 * c];
    double dy = y - centers[3 * c + 1];
    double dz = z - centers[3 * c + 2];
    double least = dx * dx + dy * dy + dz * dz;
    double root = Math.sqrt(least);
    float near = (float) root + SLACK;
    float l = lower[i] - movedAround[c];
    if (neighbors.beyond[c] - near < l) {
      l = neighbors.beyond[c] - near;
    }
    if (near < l || near < neighbors.half[c]) {
      upper[i] = near;
      lower[i] = l;
      return c;
    }
    float margin = neighbors.margin[c];
    double reach = 2 * root + margin;
    int n = c * neighbors.listed;
    int end = n + neighbors.lengths[c];
    int best = c;
    double second = Double.MAX_VALUE;
    int[] list = neighbors.list;
    float[] apart = neighbors.apart;
    for (; n < end && apart[n] <= reach; n++) {
      int o = list[n];
      dx = x - centers[3 * o];
      dy = y - centers[3 * o + 1];
      dz = z - centers[3 * o + 2];
      double gap = dx * dx + dy * dy + dz * dz;
      if (gap < second) {
        if (gap < least || gap == least && o < best) {
          second = least;
          least = gap;
          best = o;
          reach = root + Math.sqrt(gap) + margin;
        } else {
          second = gap;
        }
      }
    }
    float next = n < end ? apart[n] - margin : neighbors.beyond[c];
    return settle(i, best, least, second, root, reach - margin, next);
  }

  private int settle(
      int i, int best, double least, double second, double root, double reach, float next) {
    if (next <= reach) {
      return searchAll(i);
    }
    upper[i] = (float) Math.sqrt(least) + SLACK;
    double other = Math.sqrt(second);
    double unseen = next - root;
    lower[i] = (float) (other < unseen ? other : unseen) - SLACK;
    return best;
  }

  /** The same in four dimensions. */
  private int scan4(int i, int c) {
    double[] centers = this.centers;
    double x = points.at[4 * i];
    double y = points.at[4 * i + 1];
    double z = points.at[4 * i + 2];
    double a = points.at[4 * i + 3];
    double dx = x - centers[4 * c];
    double dy = y - centers[4 * c + 1];
    double dz = z - centers[4 * c + 2];
    double da = a - centers[4 * c + 3];
    double least = dx * dx + dy * dy + dz * dz + da * da;
    double root = Math.sqrt(least);
    float near = (float) root + SLACK;
    float l = lower[i] - movedAround[c];
    if (neighbors.beyond[c] - near < l) {
      l = neighbors.beyond[c] - near;
    }
    if (near < l || near < neighbors.half[c]) {
      upper[i] = near;
      lower[i] = l;
      return c;
    }
    float margin = neighbors.margin[c];
    double reach = 2 * root + margin;
    int n = c * neighbors.listed;
    int end = n + neighbors.lengths[c];
    int best = c;
    double second = Double.MAX_VALUE;
    int[] list = neighbors.list;
    float[] apart = neighbors.apart;
    for (; n < end && apart[n] <= reach; n++) {
      int o = list[n];
      dx = x - centers[4 * o];
      dy = y - centers[4 * o + 1];
      dz = z - centers[4 * o + 2];
      da = a - centers[4 * o + 3];
      double gap = dx * dx + dy * dy + dz * dz + da * da;
      if (gap < second) {
        if (gap < least || gap == least && o < best) {
          second = least;
          least = gap;
          best = o;
          reach = root + Math.sqrt(gap) + margin;
        } else {
          second = gap;
        }
      }
    }
    float next = n < end ? apart[n] - margin : neighbors.beyond[c];
    return settle(i, best, least, second, root, reach - margin, next);
  }

  /** Another in the same state on the same points. */
  Lloyd copy() {
    Lloyd copy = new Lloyd(points, slots, workers);
    copy.copyFrom(this);
    return copy;
  }

  /** Takes over the state of another on the same points with as many slots. */
  void copyFrom(Lloyd other) {
    System.arraycopy(other.centers, 0, centers, 0, centers.length);
    System.arraycopy(other.sums, 0, sums, 0, sums.length);
    System.arraycopy(other.weights, 0, weights, 0, weights.length);
    System.arraycopy(other.labels, 0, labels, 0, labels.length);
    System.arraycopy(other.upper, 0, upper, 0, upper.length);
    System.arraycopy(other.lower, 0, lower, 0, lower.length);
    System.arraycopy(other.moved, 0, moved, 0, moved.length);
    neighbors.copyFrom(other.neighbors);
  }

  /** The square of the distance of a point from its centre. */
  double square(int i) {
    return distance(points.at, i * dims, centers, labels[i] * dims, dims);
  }

  /** What the loss of its centre would add to the squared distance of a point. */
  double missed(int i) {
    int c = labels[i];
    double own = distance(points.at, i * dims, centers, c * dims, dims);
    double root = Math.sqrt(own);
    double second = Double.MAX_VALUE;
    double reach = Double.MAX_VALUE;
    int n = c * neighbors.listed;
    int end = n + neighbors.lengths[c];
    float margin = neighbors.margin[c];
    for (; n < end && neighbors.apart[n] - margin < reach; n++) {
      int o = neighbors.list[n];
      double gap = distance(points.at, i * dims, centers, o * dims, dims);
      if (gap < second) {
        second = gap;
        reach = root + Math.sqrt(gap);
      }
    }
    return second - own;
  }

  private int searchAll(int i) {
    CenterTree.Found found = new CenterTree.Found(2);
    for (int d = 0; d < dims; d++) {
      found.at[d] = points.at[i * dims + d];
    }
    neighbors.tree().search(found);
    upper[i] = (float) Math.sqrt(found.squares[0]) + SLACK;
    lower[i] = slots == 1 ? Float.MAX_VALUE : (float) Math.sqrt(found.squares[1]) - SLACK;
    return found.centers[0];
  }

  static double distance(short[] at, int point, double[] centers, int center, int dims) {
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
