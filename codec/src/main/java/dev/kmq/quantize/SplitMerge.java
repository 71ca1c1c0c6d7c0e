package dev.kmq.quantize;

import dev.kmq.concurrent.Work;
import java.util.Arrays;

/**
 * Moves that Lloyd's steps cannot make: splits the widest clusters, runs a few steps, removes as
 * many clusters whose loss costs least, and keeps the result if the error fell (Fritzke, The
 * breathing k-means algorithm, 2020). A useless split costs least to remove, so failed moves undo
 * themselves while successful ones stay. Deterministic.
 */
final class SplitMerge {
  private static final int SETTLE = 3;
  private static final int RECOVER = 5;

  /** Merge candidates evaluated exactly per cluster removed. */
  private static final int CANDIDATES = 4;

  private static final double LEAST_GAIN = 1e-6;

  /** Fraction of the variance along the axis that splitting a normal distribution removes. */
  private static final double HALVED = 2 / Math.PI;

  private final Lloyd lloyd;
  private final Lloyd kept;
  private final WeightedPoints points;
  private final int slots;
  private final int k;

  SplitMerge(Lloyd lloyd, int k) {
    this.lloyd = lloyd;
    this.points = lloyd.points;
    this.slots = lloyd.slots;
    this.k = k;
    this.kept = lloyd.copy();
  }

  /**
   * Makes moves until none gains.
   *
   * @param breaths maximum number of split-and-merge moves
   * @param most number of clusters per move at first
   * @param patience number of retries on the next widest clusters before a move takes fewer
   *     clusters
   * @param progress reports each move
   */
  void run(int most, int breaths, int patience, Work progress) {
    int m = most;
    int skipped = 0;
    int sizes = sizes(most);
    lloyd.assign();
    double least = lloyd.error();
    for (int i = 0; i < breaths && m > 0; i++) {
      double failed = sizes - sizes(m) + skipped / (patience + 1.0);
      progress.report(Math.max((double) i / breaths, failed / sizes));
      kept.copyFrom(lloyd);
      lloyd.move();
      lloyd.assign();
      split(m, skipped * m);
      steps(SETTLE);
      merge(lloyd.alive() - k);
      steps(RECOVER);
      double error = lloyd.error();
      if (error < least * (1 - LEAST_GAIN)) {
        least = error;
        skipped = 0;
        continue;
      }
      lloyd.copyFrom(kept);
      skipped++;
      if (skipped > patience || (skipped + 1) * m > k) {
        skipped = 0;
        m = fewer(m);
      }
    }
    lloyd.move();
  }

  private static int fewer(int m) {
    return m * 5 / 8;
  }

  /** Number of times that the size of a move can shrink, starting from {@code m} clusters. */
  private static int sizes(int m) {
    int sizes = 0;
    for (int left = m; left > 0; left = fewer(left)) {
      sizes++;
    }
    return sizes;
  }

  private void steps(int n) {
    lloyd.assign();
    for (int i = 1; i < n; i++) {
      lloyd.move();
      lloyd.assign();
    }
  }

  /**
   * Removes one cluster and splits another, for the {@code trials} most promising pairs, and starts
   * again after each that lowers the error. For few clusters, where moves of several at once have
   * little choice.
   *
   * @param progress reports each pair
   */
  void swap(int trials, Work progress) {
    lloyd.assign();
    boolean found = true;
    while (found) {
      found = false;
      kept.copyFrom(lloyd);
      double least = lloyd.error();
      PrincipalAxes axes = PrincipalAxes.of(lloyd);
      int[] pairs = pairs(axes.gain, losses(), trials);
      for (int i = 0; i < pairs.length && !found; i++) {
        progress.report((double) i / pairs.length);
        remove(new int[] {pairs[i] / slots}, 1);
        split(axes, pairs[i] % slots);
        steps(SETTLE + RECOVER);
        found = lloyd.error() < least * (1 - LEAST_GAIN);
        if (!found) {
          lloyd.copyFrom(kept);
        }
      }
    }
    lloyd.move();
  }

  /** Pairs of a cluster to remove and one to split, as {@code slots * first + second}. */
  private int[] pairs(double[] gain, double[] loss, int most) {
    double[] promise = new double[slots * slots];
    Arrays.fill(promise, -Double.MAX_VALUE);
    int n = 0;
    boolean last = lloyd.opaques() == 1;
    for (int r = lloyd.pinned; r < slots; r++) {
      for (int s = 0; s < slots; s++) {
        if (r != s && !lloyd.dead(r) && gain[s] > 0 && !(last && lloyd.opaque(r))) {
          promise[r * slots + s] = HALVED * gain[s] - loss[r];
          n++;
        }
      }
    }
    return largest(promise, Math.min(n, most));
  }

  private void split(int m, int skip) {
    PrincipalAxes axes = PrincipalAxes.of(lloyd);
    split(axes, Arrays.copyOfRange(largest(axes.gain, skip + m), skip, skip + m));
  }

  private void split(PrincipalAxes axes, int... chosen) {
    int[] halves = new int[slots];
    Arrays.fill(halves, -1);
    int slot = 0;
    for (int c : chosen) {
      while (!lloyd.dead(slot)) {
        slot++;
      }
      halves[c] = slot++;
    }
    axes.divide(lloyd, halves);
    lloyd.classify();
    for (int c : chosen) {
      lloyd.toMean(c);
      lloyd.toMean(halves[c]);
    }
    lloyd.neighbors.list();
    boundNew(chosen, halves);
  }

  /** The bounds of the points do not yet cover the new centres. */
  private void boundNew(int[] chosen, int[] halves) {
    float[] near = new float[slots];
    for (int c = 0; c < slots; c++) {
      float least = Float.MAX_VALUE;
      for (int n : chosen) {
        float first = lloyd.neighbors.apart(c, n);
        float second = lloyd.neighbors.apart(c, halves[n]);
        least = first < least ? first : least;
        least = second < least ? second : least;
      }
      near[c] = (float) Math.sqrt(least) - Lloyd.SLACK;
    }
    int[] labels = lloyd.labels;
    float[] upper = lloyd.upper;
    float[] lower = lloyd.lower;
    for (int i = 0; i < labels.length; i++) {
      float bound = near[labels[i]] - upper[i];
      if (bound < lower[i]) {
        lower[i] = bound;
      }
    }
  }

  /** Removes {@code m} clusters; fewer than were split if a cluster could not be split. */
  private void merge(int m) {
    if (m <= 0) {
      return;
    }
    double[] cheap = new double[slots];
    for (int c = 0; c < slots; c++) {
      cheap[c] = c < lloyd.pinned || lloyd.dead(c) ? -Double.MAX_VALUE : -merged(c);
    }
    int[] candidates = largest(cheap, Math.min(CANDIDATES * m, k + m - lloyd.pinned));
    double[] loss = losses(candidates);
    for (int c = 0; c < slots; c++) {
      loss[c] = -loss[c];
    }
    remove(largest(loss, candidates.length), m);
  }

  private double[] losses() {
    int[] all = new int[slots];
    for (int c = 0; c < slots; c++) {
      all[c] = c;
    }
    return losses(all);
  }

  /** Increase of the error if each of some centres were removed; infinite for the others. */
  private double[] losses(int[] candidates) {
    double[] loss = new double[slots];
    Arrays.fill(loss, Double.MAX_VALUE);
    for (int c : candidates) {
      loss[c] = 0;
    }
    for (int i = 0; i < points.size; i++) {
      int c = lloyd.labels[i];
      if (loss[c] != Double.MAX_VALUE) {
        loss[c] += lloyd.missed(i) * points.weight[i];
      }
    }
    return loss;
  }

  /** Removes {@code m} of the centres, early ones first; avoids removing two neighbours. */
  private void remove(int[] order, int m) {
    boolean[] frozen = new boolean[slots];
    boolean[] removed = new boolean[slots];
    int left = m;
    int opaque = lloyd.opaques();
    for (int turn = 0; left > 0; turn++) {
      for (int i = 0; i < order.length && left > 0; i++) {
        int c = order[i];
        boolean last = opaque == 1 && lloyd.opaque(c);
        if (!removed[c] && !last && (turn > 0 || !frozen[c])) {
          removed[c] = true;
          opaque -= lloyd.opaque(c) ? 1 : 0;
          frozen[lloyd.neighbors.list[c * lloyd.neighbors.stride]] = true;
          left--;
        }
      }
    }
    int[] heirs = new int[slots];
    for (int c = 0; c < slots; c++) {
      heirs[c] = removed[c] ? heir(c, removed) : c;
    }
    lloyd.bequeath(heirs);
    lloyd.neighbors.list();
  }

  private int heir(int c, boolean[] removed) {
    int n = c * lloyd.neighbors.stride;
    for (int end = n + lloyd.neighbors.lengths[c]; n < end; n++) {
      int o = lloyd.neighbors.list[n];
      if (mayInherit(o, c, removed)) {
        return o;
      }
    }
    int o = 0;
    while (!mayInherit(o, c, removed)) {
      o++;
    }
    return o;
  }

  private boolean mayInherit(int o, int c, boolean[] removed) {
    return !removed[o] && !lloyd.dead(o) && (lloyd.opaque(o) || !lloyd.opaque(c));
  }

  /** Increase of the error if a cluster were merged with its cheapest neighbour (Ward, 1963). */
  private double merged(int c) {
    double least = Double.MAX_VALUE;
    double weight = lloyd.weights[c];
    int n = c * lloyd.neighbors.stride;
    for (int end = n + lloyd.neighbors.lengths[c]; n < end; n++) {
      int o = lloyd.neighbors.list[n];
      double both = Math.max(1, weight + lloyd.weights[o]);
      double cost = weight * lloyd.weights[o] / both * lloyd.neighbors.apart(c, o);
      least = Math.min(least, cost);
    }
    return least;
  }

  /** Indices of the {@code m} largest values, largest first, of equal ones the first. */
  private static int[] largest(double[] values, int m) {
    long[] keys = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      int bits = Float.floatToIntBits((float) values[i]);
      // Flipped so that integers compare as the numbers do, then reversed.
      keys[i] = (long) ~(bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << 32 | i;
    }
    // Few are needed, so this is faster than sorting all.
    int n = 0;
    for (long key : keys) {
      if (n == m) {
        if (m == 0 || key > keys[n - 1]) {
          continue;
        }
        n--;
      }
      int at = n++;
      for (; at > 0 && keys[at - 1] > key; at--) {
        keys[at] = keys[at - 1];
      }
      keys[at] = key;
    }
    int[] order = new int[m];
    for (int i = 0; i < m; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }
}
