package dev.kmq.quantize;

/** The principal axis of each cluster, and the gain of splitting the cluster across it. */
final class PrincipalAxes {
  private static final int ITERATIONS = 8;

  /** Sum over pixels of the squared distance from the mean along the axis. */
  final double[] gain;

  private final double[] axes;
  private final int dims;

  private PrincipalAxes(int slots, int dims) {
    this.dims = dims;
    this.gain = new double[slots];
    this.axes = new double[slots * dims];
  }

  static PrincipalAxes of(Lloyd lloyd) {
    int dims = lloyd.dims;
    PrincipalAxes result = new PrincipalAxes(lloyd.slots, dims);
    double[] products = new double[lloyd.slots * dims * dims];
    for (int i = 0; i < lloyd.points.size; i++) {
      add(lloyd, i, products, dims);
    }
    double[] matrix = new double[dims * dims];
    for (int c = 0; c < lloyd.slots; c++) {
      System.arraycopy(products, c * dims * dims, matrix, 0, matrix.length);
      result.gain[c] = dims == 3 ? result.of3(matrix, c * 3) : result.principal(matrix, c * dims);
    }
    return result;
  }

  /** Adds the lower triangle of a point's products. */
  private static void add(Lloyd lloyd, int i, double[] products, int dims) {
    int at = i * dims;
    int c = lloyd.labels[i] * dims;
    int to = c * dims;
    short[] from = lloyd.points.coordinates;
    double[] centers = lloyd.centers;
    double w = lloyd.points.weight[i];
    double x = from[at] - centers[c];
    double y = from[at + 1] - centers[c + 1];
    double z = from[at + 2] - centers[c + 2];
    products[to] += w * x * x;
    products[to + dims] += w * x * y;
    products[to + dims + 1] += w * y * y;
    products[to + 2 * dims] += w * x * z;
    products[to + 2 * dims + 1] += w * y * z;
    products[to + 2 * dims + 2] += w * z * z;
    if (dims == 4) {
      double a = from[at + 3] - centers[c + 3];
      products[to + 12] += w * x * a;
      products[to + 13] += w * y * a;
      products[to + 14] += w * z * a;
      products[to + 15] += w * a * a;
    }
  }

  /**
   * Largest eigenvalue and its eigenvector by power iteration, starting from the longest column.
   */
  private double principal(double[] matrix, int to) {
    int longest = 0;
    for (int d = 0; d < dims; d++) {
      for (int e = d + 1; e < dims; e++) {
        matrix[d * dims + e] = matrix[e * dims + d];
      }
      if (matrix[d * dims + d] > matrix[longest * dims + longest]) {
        longest = d;
      }
    }
    if (matrix[longest * dims + longest] <= 0) {
      return 0;
    }
    double[] axis = new double[dims];
    double[] next = new double[dims];
    System.arraycopy(matrix, longest * dims, axis, 0, dims);
    double value = 0;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double square = 0;
      for (double a : axis) {
        square += a * a;
      }
      double scale = 1 / Math.sqrt(square);
      value = 0;
      for (int d = 0; d < dims; d++) {
        next[d] = 0;
        for (int e = 0; e < dims; e++) {
          next[d] += matrix[d * dims + e] * axis[e] * scale;
        }
        value += next[d] * axis[d] * scale;
      }
      System.arraycopy(axis, 0, axes, to, dims);
      double[] swap = axis;
      axis = next;
      next = swap;
    }
    return value;
  }

  /** As {@link #principal} for three coordinates, with the same roundings, but without arrays. */
  private double of3(double[] matrix, int to) {
    double xx = matrix[0];
    double xy = matrix[3];
    double yy = matrix[4];
    double xz = matrix[6];
    double yz = matrix[7];
    double zz = matrix[8];
    double longest = Math.max(xx, Math.max(yy, zz));
    if (longest <= 0) {
      return 0;
    }
    double x = longest == xx ? xx : longest == yy ? xy : xz;
    double y = longest == xx ? xy : longest == yy ? yy : yz;
    double z = longest == xx ? xz : longest == yy ? yz : zz;
    double value = 0;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double scale = 1 / Math.sqrt(x * x + y * y + z * z);
      double a = xx * x * scale + xy * y * scale + xz * z * scale;
      double b = xy * x * scale + yy * y * scale + yz * z * scale;
      double c = xz * x * scale + yz * y * scale + zz * z * scale;
      value = a * x * scale + b * y * scale + c * z * scale;
      axes[to] = x;
      axes[to + 1] = y;
      axes[to + 2] = z;
      x = a;
      y = b;
      z = c;
    }
    return value;
  }

  /** Moves the points on the far side of each mean to the cluster in {@code halves}, if any. */
  void divide(Lloyd lloyd, int[] halves) {
    for (int i = 0; i < lloyd.points.size; i++) {
      int c = lloyd.labels[i];
      if (halves[c] < 0) {
        continue;
      }
      double side = 0;
      for (int d = 0; d < dims; d++) {
        double gap = lloyd.points.coordinates[i * dims + d] - lloyd.centers[c * dims + d];
        side += gap * axes[c * dims + d];
      }
      if (side > 0) {
        lloyd.relabel(i, halves[c]);
      }
      lloyd.forget(i);
    }
  }
}
