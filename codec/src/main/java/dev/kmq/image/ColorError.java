package dev.kmq.image;

import java.util.Locale;

/**
 * The difference between two images of the same size as they are seen. Both are composited on black
 * and on white; the error on each background is the Euclidean distance of the two colours in 8-bit
 * RGB, and the larger of the two is the error of the pixel. So the error of opaque pixels is the
 * distance of their colours, and that of two fully transparent pixels is 0, regardless of their
 * colours.
 *
 * <p>A channel c of alpha A is composited to c*A/255 on black and to (c*A + 255*(255 - A))/255 on
 * white. Neither is rounded: all sums are of integers, so the result is the same on every machine.
 */
public final class ColorError {
  /** Square of 255; composited channels are multiplied by 255 to be integers. */
  private static final long SCALE = 255 * 255;

  private static final int MAX_SQUARE = 3 * 255 * 255;

  private final long pixels;
  private final double mse;
  private final double maxError;
  private final double threshold;
  private final long beyond;

  private ColorError(long pixels, double mse, double maxError, double threshold, long beyond) {
    this.pixels = pixels;
    this.mse = mse;
    this.maxError = maxError;
    this.threshold = threshold;
    this.beyond = beyond;
  }

  /**
   * Compares two images.
   *
   * @param original the image to compare with
   * @param other an image of the same size
   * @param threshold error above which pixels are counted in {@link #beyond}
   * @return the error of the other image
   * @throws IllegalArgumentException if their sizes differ or the threshold is negative or NaN
   */
  public static ColorError of(PixelSource original, PixelSource other, double threshold) {
    int width = original.width();
    int height = original.height();
    if (width != other.width() || height != other.height()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the images are %dx%d and %dx%d",
              width,
              height,
              other.width(),
              other.height()));
    }
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold must be at least 0, not " + threshold);
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
        sum.mse(),
        Math.sqrt(Math.max(sum.max, sum.scaledMax / (double) SCALE)),
        threshold,
        sum.beyond);
  }

  /**
   * {@return the squared error of a pixel times 65025: the larger of the squared distances on black
   * and on white}
   *
   * @param a ARGB, straight alpha
   * @param b the same
   */
  public static long scaledSquare(int a, int b) {
    int alphaA = a >>> 24;
    int alphaB = b >>> 24;
    int red = (a >>> 16 & 0xFF) * alphaA - (b >>> 16 & 0xFF) * alphaB;
    int green = (a >>> 8 & 0xFF) * alphaA - (b >>> 8 & 0xFF) * alphaB;
    int blue = (a & 0xFF) * alphaA - (b & 0xFF) * alphaB;
    int white = 255 * (alphaB - alphaA);
    return Math.max(square(red, green, blue), square(red + white, green + white, blue + white));
  }

  private static long square(long red, long green, long blue) {
    return red * red + green * green + blue * blue;
  }

  private static final class Sum {
    private final double threshold;

    /** The largest squared errors up to the threshold, of opaque and of other pixels. */
    private final int most;

    private final long scaledMost;
    private long pixels;
    private long squares;
    private int max;
    private long beyond;

    /** Squared errors of pixels with alpha; those of opaque pixels are in {@link #squares}. */
    private long fractions;

    private long scaledMax;

    Sum(double threshold) {
      this.threshold = threshold;
      this.most = (int) largest(1, MAX_SQUARE);
      this.scaledMost = largest(SCALE, MAX_SQUARE * SCALE);
    }

    /** The largest squared error times {@code scale} that does not exceed the threshold. */
    private long largest(long scale, long end) {
      long low = 0;
      long high = end;
      while (low < high) {
        long middle = (low + high + 1) >>> 1;
        if (Math.sqrt(middle / (double) scale) <= threshold) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }

    void add(int[] a, int[] b) {
      for (int x = 0; x < a.length; x++) {
        int p = a[x];
        int q = b[x];
        if ((p & q) >>> 24 != 0xFF) {
          addAlpha(p, q);
          continue;
        }
        int red = (p >>> 16 & 0xFF) - (q >>> 16 & 0xFF);
        int green = (p >>> 8 & 0xFF) - (q >>> 8 & 0xFF);
        int blue = (p & 0xFF) - (q & 0xFF);
        int square = red * red + green * green + blue * blue;
        squares += square;
        max = Math.max(max, square);
        if (square > most) {
          beyond++;
        }
      }
      pixels += a.length;
    }

    private void addAlpha(int p, int q) {
      long square = scaledSquare(p, q);
      squares += square / SCALE;
      fractions += square % SCALE;
      scaledMax = Math.max(scaledMax, square);
      if (square > scaledMost) {
        beyond++;
      }
    }

    /** All steps but the last use integers, so the order of the pixels does not matter. */
    double mse() {
      long whole = squares + fractions / SCALE;
      return (whole + fractions % SCALE / (double) SCALE) / pixels;
    }
  }

  /** {@return the number of pixels of an image} */
  public long pixels() {
    return pixels;
  }

  /** {@return the mean of the squared errors over all pixels, summed over three channels} */
  public double mse() {
    return mse;
  }

  /** {@return the largest error, 0 to 441.7} */
  public double maxError() {
    return maxError;
  }

  /** {@return the error above which pixels are counted in {@link #beyond()}} */
  public double threshold() {
    return threshold;
  }

  /** {@return the number of pixels whose error is above the threshold} */
  public long beyond() {
    return beyond;
  }

  /**
   * {@code 10 log10(3 * 255^2 / mse)} in dB; infinite for an mse of 0.
   *
   * @return the PSNR in dB
   */
  public double psnr() {
    return mse == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(3 * 255.0 * 255 / mse);
  }

  /** {@return the share of the pixels that are beyond the threshold, 0 to 1} */
  public double shareBeyond() {
    return pixels == 0 ? 0 : (double) beyond / pixels;
  }
}
