package dev.kmq.quantize;

/**
 * The colours of a histogram as weighted points of the space in which distances are measured: R, G,
 * B of 0 to 255 for opaque pictures, else premultiplied (R*A, G*A, B*A, 255*A), 0 to 65025 each.
 */
final class Points {
  final int dims;
  final int size;

  /** Coordinates, {@code dims} a point. */
  final int[] at;

  /** Pixels of each point. */
  final int[] weight;

  Points(ColorHistogram histogram) {
    this.size = histogram.size();
    this.dims = histogram.hasAlpha() ? 4 : 3;
    this.at = new int[size * dims];
    this.weight = new int[size];
    for (int i = 0; i < size; i++) {
      place(histogram.argb(i), dims, at, i * dims);
      weight[i] = histogram.count(i);
    }
  }

  /** Writes the coordinates of a colour in 3 or 4 dimensions. */
  static void place(int argb, int dims, int[] target, int offset) {
    int scale = dims == 3 ? 1 : argb >>> 24;
    target[offset] = (argb >>> 16 & 0xFF) * scale;
    target[offset + 1] = (argb >>> 8 & 0xFF) * scale;
    target[offset + 2] = (argb & 0xFF) * scale;
    if (dims == 4) {
      target[offset + 3] = 255 * scale;
    }
  }

  /** The 8-bit colour nearest to a mean of points, as ARGB with straight alpha. */
  static int color(double[] means, int offset, int dims) {
    if (dims == 3) {
      return 0xFF000000
          | round(means[offset]) << 16
          | round(means[offset + 1]) << 8
          | round(means[offset + 2]);
    }
    int alpha = round(means[offset + 3] / 255);
    if (alpha == 0) {
      return 0;
    }
    return alpha << 24
        | round(means[offset] / alpha) << 16
        | round(means[offset + 1] / alpha) << 8
        | round(means[offset + 2] / alpha);
  }

  private static int round(double value) {
    return Math.max(0, Math.min(255, (int) (value + 0.5)));
  }
}
