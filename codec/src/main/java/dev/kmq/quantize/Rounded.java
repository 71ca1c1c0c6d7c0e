package dev.kmq.quantize;

import java.util.HashSet;
import java.util.Set;

/**
 * The palette rounded to 8 bits, improved as such: assigns exactly to the rounded colours, rounds
 * the means anew, for as long as the exact error falls. Slots freed by colours that became equal go
 * to the colours worst off.
 */
final class Rounded {
  private final Points points;
  private final ColorHistogram histogram;
  private final Lloyd lloyd;
  private final int k;
  private int[] argb = {};
  private double error = Double.MAX_VALUE;

  Rounded(Lloyd lloyd, ColorHistogram histogram) {
    this.points = lloyd.points;
    this.histogram = histogram;
    this.lloyd = lloyd;
    int alive = 0;
    for (int c = 0; c < lloyd.slots; c++) {
      alive += lloyd.dead(c) ? 0 : 1;
    }
    this.k = alive;
  }

  /** The best palette so far. */
  int[] argb() {
    return argb;
  }

  /** Its squared error. */
  double error() {
    return error;
  }

  Rounded polish(int most) {
    lloyd.assign();
    for (int i = 0; i < most; i++) {
      lloyd.move();
      int[] next = distinct();
      lloyd.moveTo(place(next));
      lloyd.assign();
      double now = lloyd.errorHere();
      if (now >= error) {
        break;
      }
      error = now;
      argb = next;
    }
    return this;
  }

  private double[] place(int[] colors) {
    short[] at = new short[points.dims];
    double[] target = lloyd.centers.clone();
    int n = 0;
    for (int c = 0; c < lloyd.slots; c++) {
      if (!lloyd.dead(c)) {
        Points.place(colors[n++], points.dims, at, 0);
        for (int d = 0; d < points.dims; d++) {
          target[c * points.dims + d] = at[d];
        }
      }
    }
    return target;
  }

  private int[] distinct() {
    Set<Integer> seen = new HashSet<>();
    int[] colors = new int[k];
    boolean[] taken = new boolean[k];
    int n = 0;
    for (int c = 0; c < lloyd.slots; c++) {
      if (!lloyd.dead(c)) {
        colors[n] = Points.color(lloyd.centers, c * points.dims, points.dims);
        taken[n] = seen.add(colors[n]);
        n++;
      }
    }
    if (seen.size() < k) {
      refill(colors, taken, seen);
    }
    return colors;
  }

  private void refill(int[] colors, boolean[] taken, Set<Integer> seen) {
    long[] order = new long[points.size];
    for (int i = 0; i < points.size; i++) {
      int c = lloyd.labels[i] * points.dims;
      double error =
          points.weight[i]
              * Lloyd.distance(points.at, i * points.dims, lloyd.centers, c, points.dims);
      order[i] = (long) Float.floatToIntBits((float) error) << 32 | (points.size - i);
    }
    java.util.Arrays.sort(order);
    int next = points.size;
    for (int c = 0; c < k; c++) {
      while (!taken[c]) {
        int color = histogram.argb(points.size - (int) order[--next]);
        if (seen.add(color)) {
          colors[c] = color;
          taken[c] = true;
        }
      }
    }
  }
}
