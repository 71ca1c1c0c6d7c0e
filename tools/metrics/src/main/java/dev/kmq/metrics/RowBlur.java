package dev.kmq.metrics;

/**
 * A symmetric separable filter over the rows of an image, which are put in from top to bottom. Not
 * thread-safe.
 */
final class RowBlur {
  /** What the filter sees outside the image. */
  enum Edge {
    ZERO,
    REPEATED
  }

  private final float[] taps;
  private final Edge edge;
  private final int width;
  private final int height;

  /** The row that is filtered, with a margin as wide as the filter on either side. */
  private final float[] padded;

  /** The latest rows after horizontal filtering; row y is at y modulo their number. */
  private final float[][] rows;

  private final float[] zero;

  /**
   * A filter.
   *
   * @param taps weights of the centre and of the samples at distances 1, 2, ..., on either side
   */
  RowBlur(int width, int height, float[] taps, Edge edge) {
    this.width = width;
    this.height = height;
    this.taps = taps.clone();
    this.edge = edge;
    padded = new float[width + 2 * radius()];
    rows = new float[2 * radius() + 1][width];
    zero = new float[width];
  }

  /** The number of rows above and below that a filtered row depends on. */
  int radius() {
    return taps.length - 1;
  }

  /** Puts in row y, from {@code from} on in {@code samples}. */
  void put(int y, float[] samples, int from) {
    int radius = radius();
    System.arraycopy(samples, from, padded, radius, width);
    if (edge == Edge.REPEATED) {
      for (int i = 0; i < radius; i++) {
        padded[i] = samples[from];
        padded[radius + width + i] = samples[from + width - 1];
      }
    }
    float[] row = rows[y % rows.length];
    float[] in = padded;
    float centre = taps[0];
    for (int x = 0; x < width; x++) {
      row[x] = centre * in[x + radius];
    }
    for (int i = 1; i <= radius; i++) {
      float tap = taps[i];
      int left = radius - i;
      int right = radius + i;
      for (int x = 0; x < width; x++) {
        row[x] += tap * (in[x + left] + in[x + right]);
      }
    }
  }

  /**
   * Filters row y. The rows up to {@code y + radius()}, or to the last one of the image, are in and
   * no later one is.
   */
  void get(int y, float[] out) {
    float[] middle = row(y);
    float centre = taps[0];
    for (int x = 0; x < width; x++) {
      out[x] = centre * middle[x];
    }
    for (int i = 1; i < taps.length; i++) {
      float tap = taps[i];
      float[] above = row(y - i);
      float[] below = row(y + i);
      for (int x = 0; x < width; x++) {
        out[x] += tap * (above[x] + below[x]);
      }
    }
  }

  private float[] row(int y) {
    if (edge == Edge.ZERO && (y < 0 || y >= height)) {
      return zero;
    }
    return rows[Math.max(0, Math.min(height - 1, y)) % rows.length];
  }
}
