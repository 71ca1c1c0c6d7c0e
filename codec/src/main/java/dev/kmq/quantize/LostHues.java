package dev.kmq.quantize;

/**
 * Raises the weights of colours whose hue a small palette loses: saturated ones that are mapped to
 * an entry of another hue, or of none. The mean of squares hardly counts a small area, but a blue
 * ribbon that comes out beige is noticed at once. With fewer colours than {@link #LEAST} there is
 * no room for them; with more than {@link #MOST} they have entries anyway.
 */
final class LostHues {
  /** How often a palette is computed again with other weights, at most. */
  static final int TURNS = 2;

  private static final int LEAST = 9;
  private static final int MOST = 24;

  /** Least chroma of a colour whose hue would be missed; the chroma of sRGB reaches about 0.3. */
  private static final double CLEAR = 0.08;

  /** The part of the chroma from which an error of hue and chroma is a loss. */
  private static final double PART = 0.7;

  /** Smaller parts of an image are not missed: one of a thousand pixels. */
  private static final int NOTICED = 1000;

  private static final int FACTOR = 3;

  /** The largest sum of weights that can be raised in each turn. */
  private static final long MOST_WEIGHT = Integer.MAX_VALUE / (2 * FACTOR * FACTOR);

  private LostHues() {}

  /**
   * Whether a palette of this size may lose hues that there is room for. Chroma counts more in
   * images with alpha anyway ({@link ColorCoordinates}).
   */
  static boolean mayOccur(int colors, boolean alpha) {
    return colors >= LEAST && colors <= MOST && !alpha;
  }

  /** The weights of the colours of a histogram, small enough to be raised. */
  static int[] weights(ColorHistogram histogram) {
    int[] weights = histogram.counts().clone();
    long sum = sum(weights);
    if (sum > MOST_WEIGHT) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (int) Math.max(1, weights[i] * MOST_WEIGHT / sum);
      }
    }
    return weights;
  }

  /**
   * Raises the weights of colours whose hue a map loses.
   *
   * @param weights of the colours of the map's histogram; changed
   * @return whether enough of the image loses its hue, so that another palette is wanted
   */
  static boolean raise(ColorMap map, int[] weights) {
    ColorHistogram histogram = map.histogram();
    double[] color = new double[3];
    double[] entry = new double[3];
    long lost = 0;
    for (int i = 0; i < weights.length; i++) {
      Oklab.of(histogram.argb(i), color);
      double chroma = color[1] * color[1] + color[2] * color[2];
      if (chroma < CLEAR * CLEAR) {
        continue;
      }
      Oklab.of(map.palette().argb(map.entry(i)), entry);
      double a = color[1] - entry[1];
      double b = color[2] - entry[2];
      if (a * a + b * b > PART * PART * chroma) {
        weights[i] *= FACTOR;
        lost += histogram.count(i);
      }
    }
    return lost * NOTICED > sum(histogram.counts());
  }

  private static long sum(int[] counts) {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
