package dev.kmq.image;

/**
 * How far the colours of one picture are from those of another of the same size. The error of a
 * pixel is the Euclidean distance of its two colours in 8-bit RGB; alpha is left out, and pixels
 * that are fully transparent in the first picture are not counted.
 *
 * @param pixels counted pixels
 * @param mse mean of the squared errors, three channels added; 0 if no pixel counts
 * @param maxError the largest error, 0 to 441.7
 * @param threshold what {@code beyond} goes by
 * @param beyond pixels whose error is above the threshold
 */
public record ColorError(long pixels, double mse, double maxError, double threshold, long beyond) {
  /**
   * Compares two pictures.
   *
   * @param threshold error above which pixels are counted in {@link #beyond}
   * @throws IllegalArgumentException if their sizes differ or the threshold is negative or NaN
   */
  public static ColorError of(PixelSource original, PixelSource other, double threshold) {
    int width = original.width();
    int height = original.height();
    if (width != other.width() || height != other.height()) {
      throw new IllegalArgumentException(
          "the pictures are %dx%d and %dx%d"
              .formatted(width, height, other.width(), other.height()));
    }
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold is at least 0, not " + threshold);
    }
    Sum sum = new Sum(threshold);
    int[] a = new int[width];
    int[] b = new int[width];
    for (int y = 0; y < height; y++) {
      original.readRows(y, 1, a);
      other.readRows(y, 1, b);
      sum.add(a, b);
    }
    return new ColorError(
        sum.pixels,
        sum.pixels == 0 ? 0 : (double) sum.squares / sum.pixels,
        Math.sqrt(sum.max),
        threshold,
        sum.beyond);
  }

  private static final class Sum {
    private final int most;
    private long pixels;
    private long squares;
    private int max;
    private long beyond;

    Sum(double threshold) {
      this.most = (int) Math.min(Integer.MAX_VALUE, Math.floor(threshold * threshold));
    }

    void add(int[] a, int[] b) {
      for (int x = 0; x < a.length; x++) {
        int p = a[x];
        if (p >>> 24 == 0) {
          continue;
        }
        int q = b[x];
        int red = (p >>> 16 & 0xFF) - (q >>> 16 & 0xFF);
        int green = (p >>> 8 & 0xFF) - (q >>> 8 & 0xFF);
        int blue = (p & 0xFF) - (q & 0xFF);
        int square = red * red + green * green + blue * blue;
        pixels++;
        squares += square;
        max = Math.max(max, square);
        if (square > most) {
          beyond++;
        }
      }
    }
  }

  /** {@code 10 log10(3 * 255^2 / mse)} in dB; infinite for an mse of 0. */
  public double psnr() {
    return mse == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(3 * 255.0 * 255 / mse);
  }

  /** Share of the counted pixels that are beyond the threshold, 0 to 1. */
  public double shareBeyond() {
    return pixels == 0 ? 0 : (double) beyond / pixels;
  }
}
