package dev.kmq.quantize;

import java.util.stream.IntStream;

/**
 * Exact search for the nearest of many centres by a k-d tree (Friedman, Bentley and Finkel, ACM
 * TOMS 3(3), 1977); ties go to the lowest index. Immutable and safe for use by several threads,
 * each with a {@link Found} of its own.
 */
final class KdTree {
  private static final int LEAF = 6;

  private final int dims;

  /** Centres in tree order, and their coordinates. */
  private final int[] order;

  private final double[] sorted;

  /** Axis of the node over a range, by the range's middle. */
  private final byte[] axes;

  /** A tree of all centres; dead ones are far from all points and do not matter. */
  KdTree(double[] centers, int dims) {
    this(centers, dims, IntStream.range(0, centers.length / dims).toArray());
  }

  /** A tree of some of the centres, at least one. */
  KdTree(double[] centers, int dims, int[] chosen) {
    this.dims = dims;
    int k = chosen.length;
    this.order = chosen.clone();
    this.axes = new byte[k];
    build(centers, 0, k);
    this.sorted = new double[k * dims];
    for (int i = 0; i < k; i++) {
      System.arraycopy(centers, order[i] * dims, sorted, i * dims, dims);
    }
  }

  private void build(double[] centers, int from, int to) {
    if (to - from <= LEAF) {
      return;
    }
    int axis = widest(centers, from, to);
    int middle = (from + to) >>> 1;
    select(centers, from, to - 1, middle, axis);
    axes[middle] = (byte) axis;
    build(centers, from, middle);
    build(centers, middle + 1, to);
  }

  private int widest(double[] centers, int from, int to) {
    int axis = 0;
    double spread = -1;
    for (int d = 0; d < dims; d++) {
      double min = Double.MAX_VALUE;
      double max = -Double.MAX_VALUE;
      for (int i = from; i < to; i++) {
        double x = centers[order[i] * dims + d];
        min = Math.min(min, x);
        max = Math.max(max, x);
      }
      if (max - min > spread) {
        spread = max - min;
        axis = d;
      }
    }
    return axis;
  }

  /** Hoare's selection (quickselect): puts the centre at {@code wanted} where sorting would. */
  private void select(double[] centers, int from, int to, int wanted, int axis) {
    int left = from;
    int right = to;
    while (left < right) {
      double pivot = centers[order[(left + right) >>> 1] * dims + axis];
      int i = left;
      int j = right;
      while (i <= j) {
        while (centers[order[i] * dims + axis] < pivot) {
          i++;
        }
        while (centers[order[j] * dims + axis] > pivot) {
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

  /** Finds as many centres as there is room for, nearest first. */
  void search(Found found) {
    found.size = 0;
    search(found, 0, order.length);
  }

  private void search(Found found, int from, int to) {
    if (to - from <= LEAF) {
      for (int i = from; i < to; i++) {
        look(found, i);
      }
      return;
    }
    int middle = (from + to) >>> 1;
    int axis = axes[middle];
    double gap = found.query[axis] - sorted[middle * dims + axis];
    if (gap <= 0) {
      search(found, from, middle);
    } else {
      search(found, middle + 1, to);
    }
    if (gap * gap <= found.reach()) {
      look(found, middle);
      if (gap <= 0) {
        search(found, middle + 1, to);
      } else {
        search(found, from, middle);
      }
    }
  }

  private void look(Found found, int position) {
    double[] query = found.query;
    int s = position * dims;
    double x = query[0] - sorted[s];
    double y = query[1] - sorted[s + 1];
    double z = query[2] - sorted[s + 2];
    double square = x * x + y * y + z * z;
    if (dims == 4) {
      double a = query[3] - sorted[s + 3];
      square += a * a;
    }
    if (square <= found.reach()) {
      found.add(order[position], square);
    }
  }

  /** A query and its results. */
  static final class Found {
    /** Coordinates of the query. */
    final double[] query = new double[4];

    /** Centres, nearest first, and their squared distances. */
    final int[] centers;

    final double[] squares;
    int size;

    Found(int capacity) {
      centers = new int[capacity];
      squares = new double[capacity];
    }

    double reach() {
      return size < squares.length ? Double.MAX_VALUE : squares[size - 1];
    }

    private void add(int center, double square) {
      int n = size;
      if (n < squares.length) {
        size++;
      } else if (square == squares[n - 1] && center > centers[n - 1]) {
        return;
      } else {
        n--;
      }
      for (; n > 0; n--) {
        double before = squares[n - 1];
        if (before < square || before == square && centers[n - 1] < center) {
          break;
        }
        squares[n] = before;
        centers[n] = centers[n - 1];
      }
      squares[n] = square;
      centers[n] = center;
    }
  }
}
