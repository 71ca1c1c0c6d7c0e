package dev.kmq.quantize;

import java.util.Arrays;

/**
 * Moves that Lloyd's steps cannot make: adds centres where clusters are widest, lets all settle,
 * removes as many that are missed least, and keeps the outcome if the error fell (Fritzke,
 * Breathing k-means, 2020). Deterministic.
 */
final class SplitMerge {
  private static final int SETTLE = 3;
  private static final int RECOVER = 5;
  private final Lloyd lloyd;
  private final Lloyd kept;
  private final Points points;
  private final int dims;
  private final int k;

  SplitMerge(Lloyd lloyd, int k) {
    this.lloyd = lloyd;
    this.points = lloyd.points;
    this.dims = lloyd.dims;
    this.k = k;
    this.kept = new Lloyd(points, lloyd.slots);
  }

  void run(int most, int breaths) {
    int m = Math.min(most, lloyd.slots - k);
    lloyd.assign();
    double least = lloyd.error();
    lloyd.move();
    for (int i = 0; i < breaths && m > 0; i++) {
      kept.copyFrom(lloyd);
      breathe(m);
      double error = lloyd.error();
      lloyd.move();
      if (error < least * (1 - 1e-6)) {
        least = error;
      } else {
        lloyd.copyFrom(kept);
        m = m * 3 / 4;
      }
    }
  }

  private void breathe(int m) {
    lloyd.assign();
    split(m);
    for (int i = 0; i < SETTLE; i++) {
      lloyd.assign();
      lloyd.move();
    }
    lloyd.assign();
    merge(m);
    for (int i = 0; i < RECOVER; i++) {
      lloyd.assign();
      if (i < RECOVER - 1) {
        lloyd.move();
      }
    }
  }

  private static int[] largest(double[] value, int m) {
    long[] keys = new long[value.length];
    for (int i = 0; i < value.length; i++) {
      keys[i] = (long) Float.floatToIntBits((float) value[i]) << 32 | (value.length - i);
    }
    Arrays.sort(keys);
    int[] order = new int[m];
    for (int i = 0; i < m; i++) {
      order[i] = value.length - (int) keys[value.length - 1 - i];
    }
    return order;
  }

  private void split(int m) {
    int slots = lloyd.slots;
    int moments = dims * (dims + 1) / 2;
    double[] products = new double[slots * moments];
    short[] at = points.at;
    for (int i = 0; i < points.size; i++) {
      int c = lloyd.labels[i];
      double w = points.weight[i];
      int t = c * moments;
      for (int d = 0; d < dims; d++) {
        double x = w * (at[i * dims + d] - lloyd.centers[c * dims + d]);
        for (int e = 0; e <= d; e++) {
          products[t++] += x * (at[i * dims + e] - lloyd.centers[c * dims + e]);
        }
      }
    }
    double[] gain = new double[slots];
    double[] axis = new double[slots * dims];
    for (int c = 0; c < slots; c++) {
      if (!lloyd.dead(c)) {
        gain[c] = principal(products, c * moments, axis, c * dims);
      }
    }
    int[] chosen = largest(gain, m);
    int[] target = new int[slots];
    Arrays.fill(target, -1);
    int slot = 0;
    for (int c : chosen) {
      while (!lloyd.dead(slot)) {
        slot++;
      }
      target[c] = slot++;
    }
    double[] old = lloyd.centers.clone();
    for (int i = 0; i < points.size; i++) {
      int c = lloyd.labels[i];
      if (target[c] < 0) {
        continue;
      }
      double side = 0;
      for (int d = 0; d < dims; d++) {
        side += (at[i * dims + d] - old[c * dims + d]) * axis[c * dims + d];
      }
      lloyd.upper[i] = Float.MAX_VALUE;
      lloyd.lower[i] = 0;
      if (side > 0) {
        int n = target[c];
        long w = points.weight[i];
        lloyd.labels[i] = n;
        lloyd.weights[c] -= w;
        lloyd.weights[n] += w;
        for (int d = 0; d < dims; d++) {
          long x = w * at[i * dims + d];
          lloyd.sums[c * dims + d] -= x;
          lloyd.sums[n * dims + d] += x;
        }
      }
    }
    for (int c : chosen) {
      place(c);
      place(target[c]);
    }
    lloyd.neighbors.list();
    // New centres may be nearer than any seen so far.
    float[] near = new float[slots];
    for (int c = 0; c < slots; c++) {
      near[c] = Float.MAX_VALUE;
      if (lloyd.dead(c)) {
        continue;
      }
      for (int n : chosen) {
        near[c] = Math.min(near[c], Math.min(apart(c, n), apart(c, target[n])));
      }
    }
    for (int i = 0; i < points.size; i++) {
      lloyd.lower[i] = Math.min(lloyd.lower[i], near[lloyd.labels[i]] - lloyd.upper[i]);
    }
  }

  private float apart(int a, int b) {
    double sum = 0;
    for (int d = 0; d < dims; d++) {
      double gap = lloyd.centers[a * dims + d] - lloyd.centers[b * dims + d];
      sum += gap * gap;
    }
    return (float) Math.sqrt(sum) - 0.02f;
  }

  private void place(int c) {
    if (lloyd.weights[c] > 0) {
      for (int d = 0; d < dims; d++) {
        lloyd.centers[c * dims + d] = (double) lloyd.sums[c * dims + d] / lloyd.weights[c];
      }
    }
  }

  /** Largest eigenvalue and its axis by the power method. */
  private double principal(double[] products, int at, double[] axis, int to) {
    double[] v = new double[dims];
    double[] next = new double[dims];
    double most = 0;
    for (int d = 0; d < dims; d++) {
      double own = products[at + d * (d + 1) / 2 + d];
      if (own > most) {
        most = own;
        for (int e = 0; e < dims; e++) {
          v[e] = product(products, at, d, e);
        }
      }
    }
    double norm = 0;
    for (int i = 0; i < 8 && most > 0; i++) {
      norm = 0;
      for (int d = 0; d < dims; d++) {
        double sum = 0;
        for (int e = 0; e < dims; e++) {
          sum += product(products, at, d, e) * v[e];
        }
        next[d] = sum;
        norm = Math.max(norm, Math.abs(sum));
      }
      for (int d = 0; d < dims; d++) {
        v[d] = next[d] / norm;
      }
    }
    double square = 0;
    double stretched = 0;
    for (int d = 0; d < dims; d++) {
      double sum = 0;
      for (int e = 0; e < dims; e++) {
        sum += product(products, at, d, e) * v[e];
      }
      stretched += sum * v[d];
      square += v[d] * v[d];
      axis[to + d] = v[d];
    }
    return square > 0 ? stretched / square : 0;
  }

  private static double product(double[] products, int at, int d, int e) {
    return d >= e ? products[at + d * (d + 1) / 2 + e] : products[at + e * (e + 1) / 2 + d];
  }

  private void merge(int m) {
    int slots = lloyd.slots;
    double[] loss = new double[slots];
    for (int i = 0; i < points.size; i++) {
      int c = lloyd.labels[i];
      loss[c] += lloyd.missed(i) * points.weight[i];
    }
    for (int c = 0; c < slots; c++) {
      // Largest first: turn around.
      loss[c] = lloyd.dead(c) ? 0 : 1 / (1 + loss[c]);
    }
    int alive = k + m;
    int[] order = largest(loss, alive);
    boolean[] frozen = new boolean[slots];
    boolean[] removed = new boolean[slots];
    int left = m;
    for (int turn = 0; left > 0; turn++) {
      for (int i = 0; i < alive && left > 0; i++) {
        int c = order[i];
        if (removed[c] || frozen[c] && turn == 0) {
          continue;
        }
        removed[c] = true;
        left--;
        int n = c * lloyd.neighbors.listed;
        frozen[lloyd.neighbors.list[n]] = true;
      }
    }
    int[] heir = new int[slots];
    for (int c = 0; c < slots; c++) {
      heir[c] = c;
      if (!removed[c]) {
        continue;
      }
      int h = heirOf(c, removed);
      heir[c] = h;
      lloyd.weights[h] += lloyd.weights[c];
      lloyd.weights[c] = 0;
      for (int d = 0; d < dims; d++) {
        lloyd.sums[h * dims + d] += lloyd.sums[c * dims + d];
        lloyd.sums[c * dims + d] = 0;
      }
    }
    for (int c = 0; c < slots; c++) {
      if (removed[c]) {
        Arrays.fill(lloyd.centers, c * dims, (c + 1) * dims, Lloyd.DEAD);
      }
    }
    for (int i = 0; i < points.size; i++) {
      int c = lloyd.labels[i];
      if (heir[c] != c) {
        lloyd.labels[i] = heir[c];
        lloyd.upper[i] = Float.MAX_VALUE;
        lloyd.lower[i] = 0;
      }
    }
    lloyd.neighbors.list();
  }

  private int heirOf(int c, boolean[] removed) {
    int n = c * lloyd.neighbors.listed;
    for (int i = 0; i < lloyd.neighbors.lengths[c]; i++) {
      if (!removed[lloyd.neighbors.list[n + i]]) {
        return lloyd.neighbors.list[n + i];
      }
    }
    for (int o = 0; o < lloyd.slots; o++) {
      if (!removed[o] && !lloyd.dead(o)) {
        return o;
      }
    }
    throw new IllegalStateException("no centre left");
  }
}
