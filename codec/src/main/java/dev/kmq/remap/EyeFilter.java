package dev.kmq.remap;

import dev.kmq.image.Metric;

/**
 * How the eye averages the error of one coordinate over neighbouring pixels: a Gaussian low-pass
 * filter h. Of the energy |h * e|^2 + alpha |e|^2 of an error e (Puzicha, Held, Ketterer, Buhmann
 * and Fellner, "On spatial quantization of color images", IEEE Trans. Image Process. 9(4), 2000)
 * only the autocorrelation of h counts. The term in alpha keeps pixels near their own colour.
 * Immutable.
 */
final class EyeFilter {
  /** The farthest neighbours that count, in rows and in columns. */
  static final int RADIUS = 4;

  static final int SIDE = 2 * RADIUS + 1;

  private static final double ALPHA = 0.05;

  /** Factors of neighbours at distances 0 to {@link #RADIUS} along an axis; the first is 1. */
  final float[] taps = new float[RADIUS + 1];

  /** The weight of the filtered error, and that of the pixel's own; their sum is 1. */
  final float filtered;

  final float own;

  /** Weights of the neighbours, row by row; 1 in the middle, the pixel itself. */
  final float[] kernel = new float[SIDE * SIDE];

  /** The factor of coordinates with which the energy of an error at one pixel is its square. */
  final float scale;

  /**
   * A filter.
   *
   * @param sigma its standard deviation in pixels
   * @param gain the weight of the coordinate's error
   */
  private EyeFilter(double sigma, double gain) {
    double peak = 1 / (4 * Math.PI * sigma * sigma);
    for (int d = 0; d <= RADIUS; d++) {
      taps[d] = (float) StrictMath.exp(-d * d / (4 * sigma * sigma));
    }
    this.filtered = (float) (peak / (peak + ALPHA));
    this.own = 1 - filtered;
    this.scale = (float) StrictMath.sqrt(gain * (peak + ALPHA));
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = filtered * taps[Math.abs(i / SIDE - RADIUS)] * taps[Math.abs(i % SIDE - RADIUS)];
    }
    kernel[kernel.length / 2] = 1;
  }

  /** The filters of the coordinates of a space; differences in chroma blur more than lightness. */
  static EyeFilter[] of(Metric metric) {
    EyeFilter lightness = new EyeFilter(metric == Metric.RGB ? 1 : 0.7, 1);
    EyeFilter chroma = metric == Metric.RGB ? lightness : new EyeFilter(1.4, 1);
    return new EyeFilter[] {lightness, chroma, chroma, lightness};
  }

  /**
   * Filters rows of a plane: each value becomes the sum of its neighbours' by their weights.
   *
   * @param source {@code width + 2 * RADIUS} values per row, {@link #RADIUS} rows and columns of
   *     zeros around the image
   * @param target of the same shape; its border is not written
   */
  void apply(float[] source, float[] target, int width, int from, int to) {
    int stride = width + 2 * RADIUS;
    float[] along = new float[(to - from + 2 * RADIUS) * width];
    for (int row = 0; row < to - from + 2 * RADIUS; row++) {
      filterAlong(source, (from + row) * stride + RADIUS, along, row * width, width);
    }
    for (int row = from; row < to; row++) {
      int at = (row + RADIUS) * stride + RADIUS;
      filterAcross(along, (row - from + RADIUS) * width, target, at, width);
      for (int x = 0; x < width; x++) {
        target[at + x] = filtered * target[at + x] + own * source[at + x];
      }
    }
  }

  private void filterAlong(float[] source, int at, float[] target, int to, int width) {
    System.arraycopy(source, at, target, to, width);
    for (int d = 1; d <= RADIUS; d++) {
      float tap = taps[d];
      for (int x = 0; x < width; x++) {
        target[to + x] += tap * (source[at + x - d] + source[at + x + d]);
      }
    }
  }

  private void filterAcross(float[] source, int at, float[] target, int to, int width) {
    System.arraycopy(source, at, target, to, width);
    for (int d = 1; d <= RADIUS; d++) {
      float tap = taps[d];
      int above = at - d * width;
      int below = at + d * width;
      for (int x = 0; x < width; x++) {
        target[to + x] += tap * (source[above + x] + source[below + x]);
      }
    }
  }
}
