package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

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
 * <p>Where opaque points need opaque centres ({@link WeightedPoints#opaque}), an opaque centre
 * stays in the plane of opaque colours, and opaque points are never assigned to any other centre.
 * Other points may be assigned to either kind.
 *
 * <p>The first slots may be pinned: their centres do not move. Slots without a centre are dead:
 * their coordinates are out of reach of any point.
 */
final class Lloyd {
  /** A coordinate further away than any point. */
  static final double DEAD = 1e9;

  /** More than the rounding error of a float addition in a bound. */
  static final float SLACK = 0.02f;

  /** Squared distance added between an opaque point and a centre that is not. */
  private static final double BARRED = 1e14;

  /** The minimum number of points for another thread. */
  private static final int LEAST_POINTS = 1 << 12;

  /** The number of points that a thread assigns at a time. */
  private static final int RUN = 1 << 10;

  final WeightedPoints points;
  final int dims;
  final int slots;
  final int pinned;

  /** Coordinates of the centres, and the weighted sums and weights of their points. */
  final double[] centers;

  final long[] sums;
  final long[] weights;

  /** The centre of each point, and bounds on its distance from that one and from all others. */
  final int[] labels;

  final float[] upper;
  final float[] lower;

  final Neighbors neighbors;
  private final Work work;

  /** What is added to the squared distances of opaque points: 0 for opaque centres. */
  private final double[] barriers;

  /** How far each centre and those around it moved since the last assignment. */
  private final float[] moved;

  private final float[] movedNear;

  private Lloyd(WeightedPoints points, int slots, int pinned, Work work) {
    this.points = points;
    this.work = work;
    this.dims = points.dims;
    this.slots = slots;
    this.pinned = pinned;
    this.centers = new double[slots * dims];
    this.sums = new long[slots * dims];
    this.weights = new long[slots];
    this.labels = new int[points.size];
    this.upper = new float[points.size];
    this.lower = new float[points.size];
    this.neighbors = new Neighbors(this);
    this.barriers = new double[points.opaque > 0 ? slots : 0];
    this.moved = new float[slots];
    this.movedNear = new float[slots];
    Arrays.fill(centers, DEAD);
    Arrays.fill(upper, Float.MAX_VALUE);
  }

  /**
   * Starts with the means of given clusters.
   *
   * @param pins coordinates of the pinned centres, in the first slots
   * @param labels a cluster for each point, 0 for the first slot after the pinned ones
   */
  static Lloyd ofLabels(WeightedPoints points, double[] pins, int[] labels, int slots, Work work) {
    Lloyd lloyd = new Lloyd(points, slots, pins.length / points.dims, work);
    System.arraycopy(pins, 0, lloyd.centers, 0, pins.length);
    for (int i = 0; i < labels.length; i++) {
      lloyd.labels[i] = labels[i] + lloyd.pinned;
    }
    lloyd.sumUp();
    lloyd.classify();
    for (int c = 0; c < slots; c++) {
      lloyd.toMean(c);
    }
    return lloyd;
  }

  /** The same centres on other points, with initial labels. */
  Lloyd on(WeightedPoints others, int[] guess) {
    Lloyd lloyd = new Lloyd(others, slots, pinned, work);
    System.arraycopy(centers, 0, lloyd.centers, 0, centers.length);
    System.arraycopy(barriers, 0, lloyd.barriers, 0, barriers.length);
    System.arraycopy(guess, 0, lloyd.labels, 0, guess.length);
    lloyd.sumUp();
    lloyd.neighbors.list();
    return lloyd;
  }

  /**
   * The same centres on the points that these points are the means of; {@code ends} are the ends of
   * the groups. The bounds of the means give bounds for the points.
   */
  Lloyd refined(WeightedPoints finer, int[] ends) {
    Lloyd lloyd = new Lloyd(finer, slots, pinned, work);
    System.arraycopy(centers, 0, lloyd.centers, 0, centers.length);
    System.arraycopy(barriers, 0, lloyd.barriers, 0, barriers.length);
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

  /**
   * Renumbers the centres, so that ties are broken by the new order; {@code order} has their
   * current slots.
   */
  Lloyd ordered(int[] order) {
    Lloyd lloyd = new Lloyd(points, order.length, 0, work);
    int[] place = new int[slots];
    for (int c = 0; c < order.length; c++) {
      place[order[c]] = c;
      System.arraycopy(centers, order[c] * dims, lloyd.centers, c * dims, dims);
      System.arraycopy(sums, order[c] * dims, lloyd.sums, c * dims, dims);
      lloyd.weights[c] = weights[order[c]];
      if (points.opaque > 0) {
        lloyd.barriers[c] = barriers[order[c]];
      }
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

  /** A copy in the same state on the same points. */
  Lloyd copy() {
    Lloyd copy = new Lloyd(points, slots, pinned, work);
    copy.copyFrom(this);
    return copy;
  }

  /** Copies the state of another instance on the same points with the same number of slots. */
  void copyFrom(Lloyd other) {
    System.arraycopy(other.centers, 0, centers, 0, centers.length);
    System.arraycopy(other.barriers, 0, barriers, 0, barriers.length);
    System.arraycopy(other.sums, 0, sums, 0, sums.length);
    System.arraycopy(other.weights, 0, weights, 0, weights.length);
    System.arraycopy(other.labels, 0, labels, 0, labels.length);
    System.arraycopy(other.upper, 0, upper, 0, upper.length);
    System.arraycopy(other.lower, 0, lower, 0, lower.length);
    System.arraycopy(other.moved, 0, moved, 0, moved.length);
    neighbors.copyFrom(other.neighbors);
  }

  private void sumUp() {
    for (int i = 0; i < points.size; i++) {
      long w = points.weight[i];
      int c = labels[i];
      weights[c] += w;
      for (int d = 0; d < dims; d++) {
        sums[c * dims + d] += w * points.coordinates[i * dims + d];
      }
    }
  }

  /** Makes centres with opaque points opaque and the others free; pinned ones do not change. */
  void classify() {
    if (points.opaque == 0) {
      return;
    }
    boolean[] opaque = new boolean[slots];
    for (int i = 0; i < points.opaque; i++) {
      opaque[labels[i]] = true;
    }
    for (int c = 0; c < pinned; c++) {
      opaque[c] = centers[c * dims + 3] == points.opaqueAlpha();
    }
    classify(opaque);
  }

  /** Sets which centres are opaque. */
  void classify(boolean[] opaque) {
    boolean more = false;
    for (int c = 0; c < slots && points.opaque > 0; c++) {
      more |= opaque[c] && barriers[c] > 0;
      barriers[c] = opaque[c] ? 0 : BARRED;
    }
    // Bounds do not cover centres that have just come into reach.
    for (int i = 0; i < points.opaque && more; i++) {
      lower[i] = 0;
    }
  }

  /** Whether any centre has to stay opaque. */
  boolean opaque(int c) {
    return flat(c) && !dead(c);
  }

  private boolean flat(int c) {
    return points.opaque > 0 && barriers[c] == 0;
  }

  /** Number of opaque centres. */
  int opaques() {
    int n = 0;
    for (int c = 0; c < slots; c++) {
      n += opaque(c) ? 1 : 0;
    }
    return n;
  }

  /** Whether a slot has no centre. */
  boolean dead(int c) {
    return centers[c * dims] == DEAD;
  }

  /** Number of slots that have a centre. */
  int alive() {
    int n = 0;
    for (int c = 0; c < slots; c++) {
      n += dead(c) ? 0 : 1;
    }
    return n;
  }

  /** Whether a centre can move: it is not pinned, and has points. */
  private boolean movable(int c) {
    return c >= pinned && weights[c] > 0;
  }

  /** Whether a centre can move along an axis: opaque ones stay opaque. */
  private boolean movable(int c, int d) {
    return movable(c) && (d < 3 || !flat(c));
  }

  /**
   * New coordinate of a centre along an axis: the mean of its points, or the alpha of opaque
   * colours.
   */
  private double mean(int c, int d) {
    return d == 3 && flat(c) ? points.opaqueAlpha() : (double) sums[c * dims + d] / weights[c];
  }

  /** The squared error with every centre at the mean of its points, pinned ones where they are. */
  double error() {
    double explained = 0;
    for (int c = 0; c < slots; c++) {
      for (int d = 0; d < dims && weights[c] > 0; d++) {
        double sum = sums[c * dims + d];
        explained += movable(c, d) ? sum * sum / weights[c] : explained(c, d);
      }
    }
    return points.squares - explained;
  }

  /** The squared error with the centres where they are. */
  double errorHere() {
    double explained = 0;
    for (int c = 0; c < slots; c++) {
      for (int d = 0; d < dims && weights[c] > 0; d++) {
        explained += explained(c, d);
      }
    }
    return points.squares - explained;
  }

  private double explained(int c, int d) {
    double x = centers[c * dims + d];
    return x * (2.0 * sums[c * dims + d] - x * weights[c]);
  }

  /**
   * Runs steps until one gains less than {@code gain} of the error, but at most {@code most}.
   *
   * @param progress reports each step
   */
  void converge(double gain, int most, Work progress) {
    double last = Double.MAX_VALUE;
    for (int i = 0; i < most; i++) {
      progress.report((double) i / most);
      assign();
      double error = error();
      move();
      if (error >= last * (1 - gain)) {
        return;
      }
      last = error;
    }
  }

  /** Moves every centre to the mean of its points. */
  void move() {
    for (int c = 0; c < slots; c++) {
      if (movable(c)) {
        double sum = 0;
        for (int d = 0; d < dims; d++) {
          double mean = mean(c, d);
          double gap = mean - centers[c * dims + d];
          centers[c * dims + d] = mean;
          sum += gap * gap;
        }
        note(c, sum);
      }
    }
  }

  /** Moves the centres to given coordinates. */
  void moveTo(double[] target) {
    for (int c = 0; c < slots; c++) {
      double sum = 0;
      for (int d = 0; d < dims; d++) {
        double gap = target[c * dims + d] - centers[c * dims + d];
        centers[c * dims + d] = target[c * dims + d];
        sum += gap * gap;
      }
      note(c, sum);
    }
  }

  private void note(int c, double square) {
    moved[c] += square == 0 ? 0 : (float) Math.sqrt(square) + SLACK;
  }

  /** Moves a centre to the mean of its points without updating the bounds. */
  void toMean(int c) {
    for (int d = 0; d < dims && movable(c); d++) {
      centers[c * dims + d] = mean(c, d);
    }
  }

  /** Assigns a point to another centre. */
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
      long x = w * points.coordinates[i * dims + d];
      sums[c * dims + d] -= x;
      sums[to * dims + d] += x;
    }
  }

  /** Forgets the bounds of a point. */
  void forget(int i) {
    upper[i] = Float.MAX_VALUE;
    lower[i] = 0;
  }

  /**
   * Assigns the points of each centre to its heir. A centre whose heir is another one becomes dead.
   */
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

  /** Removes the centres of all but some slots; those may have been dead before. */
  void keep(int[] kept) {
    int[] heirs = new int[slots];
    Arrays.fill(heirs, kept[0]);
    for (int c : kept) {
      heirs[c] = c;
    }
    bequeath(heirs);
    neighbors.list();
    for (int i = 0; i < points.size; i++) {
      forget(i);
    }
  }

  /** Assigns every point to its nearest centre. */
  void assign() {
    neighbors.follow(moved, movedNear, work);
    int threads = Math.min(work.threads(), points.size / LEAST_POINTS);
    if (threads < 2) {
      work.runs(0, points.size, (from, to) -> assign(from, to, sums, weights));
    } else {
      if (slots > Neighbors.SCANNED_UP_TO) {
        neighbors.trees();
      }
      AtomicInteger next = new AtomicInteger();
      work.forEach(threads, thread -> assignNext(next));
    }
    Arrays.fill(moved, 0);
  }

  /** Assigns runs of points until none is left; their costs differ too much for equal shares. */
  private void assignNext(AtomicInteger next) {
    long[] moreSums = new long[sums.length];
    long[] moreWeights = new long[slots];
    for (int from = next.getAndAdd(RUN); from < points.size; from = next.getAndAdd(RUN)) {
      work.check();
      assign(from, Math.min(points.size, from + RUN), moreSums, moreWeights);
    }
    add(moreSums, moreWeights);
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
    // The JVM's first compiler would load the fields again for each point.
    int[] labels = this.labels;
    float[] upper = this.upper;
    float[] lower = this.lower;
    float[] moved = this.moved;
    float[] movedNear = this.movedNear;
    float[] half = neighbors.half;
    float[] beyond = neighbors.beyondNear;
    for (int i = from; i < to; i++) {
      int c = labels[i];
      float u = upper[i] + moved[c];
      float l = lower[i] - movedNear[c];
      float far = beyond[c] - u;
      if (far < l) {
        l = far;
      }
      if (u < l || u < half[c]) {
        upper[i] = u;
        lower[i] = l;
        continue;
      }
      int best = scan(i, c);
      if (best != c) {
        relabel(i, best, sums, weights);
      }
    }
  }

  /**
   * Computes the distance of a point from its centre {@code c}; looks for a nearer one if the
   * bounds do not decide.
   */
  private int scan(int i, int c) {
    // The distance is that of square, written out: the JVM's first compiler would not inline it.
    int dims = this.dims;
    double[] centers = this.centers;
    short[] coordinates = points.coordinates;
    double px = coordinates[i * dims];
    double py = coordinates[i * dims + 1];
    double pz = coordinates[i * dims + 2];
    int own = c * dims;
    double dx = px - centers[own];
    double dy = py - centers[own + 1];
    double dz = pz - centers[own + 2];
    double least = dx * dx + dy * dy + dz * dz;
    if (dims == 4) {
      least = withAlpha(least, i, c);
    }
    double root = Math.sqrt(least);
    float u = (float) root + SLACK;
    float l = lower[i] - movedNear[c];
    float far = neighbors.beyondNear[c] - u;
    if (far < l) {
      l = far;
    }
    if (u < l || u < neighbors.half[c]) {
      upper[i] = u;
      lower[i] = l;
      return c;
    }
    int[] list = neighbors.list;
    float[] apart = neighbors.apart;
    float margin = neighbors.margin[c];
    double reach = 2 * root + margin;
    double second = Double.MAX_VALUE;
    int best = c;
    int n = c * neighbors.stride;
    int end = n + neighbors.lengths[c];
    for (; n < end && apart[n] <= reach; n++) {
      int o = list[n];
      int at = o * dims;
      double x = px - centers[at];
      double y = py - centers[at + 1];
      double z = pz - centers[at + 2];
      double gap = x * x + y * y + z * z;
      if (dims == 4) {
        gap = withAlpha(gap, i, o);
      }
      if (gap < least || gap == least && o < best) {
        second = least;
        least = gap;
        best = o;
        reach = root + Math.sqrt(gap) + margin;
      } else if (gap < second) {
        second = gap;
      }
    }
    double next = n < end ? apart[n] - margin : neighbors.beyond[c];
    if (next <= reach - margin) {
      return search(i);
    }
    double other = Math.sqrt(second);
    double unseen = next - root;
    upper[i] = best == c ? u : (float) Math.sqrt(least) + SLACK;
    lower[i] = (float) (other < unseen ? other : unseen) - SLACK;
    return best;
  }

  /** Searches all centres. */
  private int search(int i) {
    if (slots > Neighbors.SCANNED_UP_TO) {
      return searchTree(i);
    }
    double least = Double.MAX_VALUE;
    double second = Double.MAX_VALUE;
    int best = 0;
    int dims = this.dims;
    double[] centers = this.centers;
    double px = points.coordinates[i * dims];
    double py = points.coordinates[i * dims + 1];
    double pz = points.coordinates[i * dims + 2];
    for (int c = 0, at = 0; c < slots; c++, at += dims) {
      double x = px - centers[at];
      double y = py - centers[at + 1];
      double z = pz - centers[at + 2];
      double gap = x * x + y * y + z * z;
      if (dims == 4) {
        gap = withAlpha(gap, i, c);
      }
      if (gap < second) {
        if (gap < least) {
          second = least;
          least = gap;
          best = c;
        } else {
          second = gap;
        }
      }
    }
    return found(i, best, least, second);
  }

  private int searchTree(int i) {
    KdTree.Found found = new KdTree.Found(2);
    for (int d = 0; d < dims; d++) {
      found.query[d] = points.coordinates[i * dims + d];
    }
    (i < points.opaque ? neighbors.opaqueTree() : neighbors.tree()).search(found);
    double second = found.size == 1 ? Double.MAX_VALUE : found.squares[1];
    return found(i, found.centers[0], found.squares[0], second);
  }

  private int found(int i, int best, double least, double second) {
    upper[i] = (float) Math.sqrt(least) + SLACK;
    lower[i] = (float) Math.sqrt(second) - SLACK;
    return best;
  }

  /** Increase of the squared distance of a point if its centre were removed. */
  double missed(int i) {
    int c = labels[i];
    double own = square(i, c);
    double root = Math.sqrt(own);
    double second = Double.MAX_VALUE;
    double reach = Double.MAX_VALUE;
    int n = c * neighbors.stride;
    int end = n + neighbors.lengths[c];
    float margin = neighbors.margin[c];
    for (; n < end && neighbors.apart[n] - margin < reach; n++) {
      double gap = square(i, neighbors.list[n]);
      if (gap < second) {
        second = gap;
        reach = root + Math.sqrt(gap);
      }
    }
    return second - own;
  }

  /** The square of the distance of a point from a centre. */
  double square(int i, int c) {
    int at = i * dims;
    int center = c * dims;
    double x = points.coordinates[at] - centers[center];
    double y = points.coordinates[at + 1] - centers[center + 1];
    double z = points.coordinates[at + 2] - centers[center + 2];
    double sum = x * x + y * y + z * z;
    return dims == 4 ? withAlpha(sum, i, c) : sum;
  }

  /** Adds to a square of three coordinates what the fourth adds, and the barrier of the centre. */
  private double withAlpha(double sum, int i, int c) {
    double a = points.coordinates[i * 4 + 3] - centers[c * 4 + 3];
    double square = sum + a * a;
    return i < points.opaque ? square + barriers[c] : square;
  }
}
