package dev.kmq.quantize;

import dev.kmq.image.Palette;

/**
 * Exact search for the nearest of many colours by a k-d tree (Friedman, Bentley and Finkel, ACM
 * TOMS 3(3), 1977); of equally near ones the lowest index. Distances are squared and Euclidean, in
 * RGB or in premultiplied RGBA as {@link Points} places them. Immutable, for any number of threads.
 */
public final class NearestColor {
  private static final int LEAF = 6;

  private final int dims;
  private final double[] centers;

  /** Entries in the order of the tree, and their coordinates. */
  private final int[] order;

  private final double[] sorted;

  /** Axis of the node over a range, by the range's middle; -1 for leaves. */
  private final byte[] axes;

  /** A search among the entries of a palette. */
  public NearestColor(Palette palette) {
    this(place(palette), palette.hasAlpha() ? 4 : 3);
  }

  NearestColor(double[] centers, int dims) {
    this.dims = dims;
    this.centers = centers.clone();
    int k = centers.length / dims;
    this.order = new int[k];
    for (int i = 0; i < k; i++) {
      order[i] = i;
    }
    this.axes = new byte[k];
    build(0, k);
    this.sorted = new double[k * dims];
    for (int i = 0; i < k; i++) {
      System.arraycopy(centers, order[i] * dims, sorted, i * dims, dims);
    }
  }

  private static double[] place(Palette palette) {
    int dims = palette.hasAlpha() ? 4 : 3;
    short[] at = new short[palette.size() * dims];
    double[] centers = new double[at.length];
    for (int i = 0; i < palette.size(); i++) {
      Points.place(palette.argb(i), dims, at, i * dims);
    }
    for (int i = 0; i < at.length; i++) {
      centers[i] = at[i];
    }
    return centers;
  }

  private void build(int from, int to) {
    if (to - from <= LEAF) {
      return;
    }
    int axis = widest(from, to);
    int middle = (from + to) >>> 1;
    select(from, to - 1, middle, axis);
    axes[middle] = (byte) axis;
    build(from, middle);
    build(middle + 1, to);
  }

  private int widest(int from, int to) {
    int axis = 0;
    double spread = -1;
    for (int d = 0; d < dims; d++) {
      double min = Double.MAX_VALUE;
      double max = -Double.MAX_VALUE;
      for (int i = from; i < to; i++) {
        min = Math.min(min, coordinate(i, d));
        max = Math.max(max, coordinate(i, d));
      }
      if (max - min > spread) {
        spread = max - min;
        axis = d;
      }
    }
    return axis;
  }

  private double coordinate(int position, int axis) {
    return centers[order[position] * dims + axis];
  }

  /** Hoare's selection: the entry at {@code wanted} comes where sorting would put it. */
  private void select(int from, int to, int wanted, int axis) {
    int left = from;
    int right = to;
    while (left < right) {
      double pivot = coordinate((left + right) >>> 1, axis);
      int i = left;
      int j = right;
      while (i <= j) {
        while (coordinate(i, axis) < pivot) {
          i++;
        }
        while (coordinate(j, axis) > pivot) {
          j--;
        }
        if (i <= j) {
          int swap = order[i];
          order[i++] = order[j];
          order[j--] = swap;
        }
      }
      if (wanted <= j) {
        right = j;
      } else if (wanted >= i) {
        left = i;
      } else {
        return;
      }
    }
  }

  /** The nearest entry to a colour with straight alpha; alpha counts only if the palette has it. */
  public int index(int argb) {
    short[] at = new short[4];
    Points.place(argb, dims, at, 0);
    return index(at, 0, 0);
  }

  /** The nearest entry to a point, with a guess that makes a good one quick. */
  int index(short[] at, int point, int guess) {
    double least = Lloyd.distance(at, point, centers, guess * dims, dims);
    Search search = new Search(at, point, least, guess);
    search(search, 0, order.length);
    return search.best;
  }

  private void search(Search s, int from, int to) {
    if (to - from <= LEAF) {
      for (int i = from; i < to; i++) {
        look(s, i);
      }
      return;
    }
    int middle = (from + to) >>> 1;
    int axis = axes[middle];
    double gap = s.at[s.point + axis] - sorted[middle * dims + axis];
    if (gap <= 0) {
      search(s, from, middle);
    } else {
      search(s, middle + 1, to);
    }
    if (gap * gap <= s.least) {
      look(s, middle);
      if (gap <= 0) {
        search(s, middle + 1, to);
      } else {
        search(s, from, middle);
      }
    }
  }

  private void look(Search s, int position) {
    double distance = Lloyd.distance(s.at, s.point, sorted, position * dims, dims);
    int entry = order[position];
    if (distance < s.least || distance == s.least && entry < s.best) {
      s.least = distance;
      s.best = entry;
    }
  }

  private static final class Search {
    final short[] at;
    final int point;
    double least;
    int best;

    Search(short[] at, int point, double least, int best) {
      this.at = at;
      this.point = point;
      this.least = least;
      this.best = best;
    }
  }
}
