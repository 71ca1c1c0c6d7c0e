package dev.kmq.picture;

import dev.kmq.image.PixelSource;
import java.util.Arrays;

/**
 * Reduces images: every pixel is the mean of the area it covers, in linear light, weighted by
 * alpha. Colours are of sRGB.
 */
public final class Downscale {
  private static final int CHANNELS = 4;

  /** The linear light of each level of sRGB, 0 to 1 (IEC 61966-2-1). */
  private static final double[] LINEAR = new double[256];

  /** The linear light halfway, in levels, between one level and the next. */
  private static final double[] HALFWAY = new double[255];

  static {
    for (int i = 0; i < LINEAR.length; i++) {
      LINEAR[i] = linear(i / 255.0);
    }
    for (int i = 0; i < HALFWAY.length; i++) {
      HALFWAY[i] = linear((i + 0.5) / 255);
    }
  }

  private final PixelSource source;
  private final int width;
  private final int height;

  private Downscale(PixelSource source, int width, int height) {
    this.source = source;
    this.width = width;
    this.height = height;
  }

  private static double linear(double level) {
    // StrictMath gives the same bits on every JDK.
    return level <= 0.04045 ? level / 12.92 : StrictMath.pow((level + 0.055) / 1.055, 2.4);
  }

  /** The level of sRGB that is nearest to a linear light. */
  static int level(double light) {
    int at = Arrays.binarySearch(HALFWAY, light);
    return at < 0 ? -at - 1 : at + 1;
  }

  /** The linear light of a level of sRGB, 0 to 1. */
  public static double light(int level) {
    return LINEAR[level];
  }

  /**
   * The image reduced to fit into a width and a height with its aspect ratio kept; the image itself
   * if it fits.
   */
  public static PixelSource fit(PixelSource image, int maxWidth, int maxHeight) {
    int w = image.width();
    int h = image.height();
    if (w <= maxWidth && h <= maxHeight) {
      return image;
    }
    boolean byWidth = (long) w * maxHeight > (long) h * maxWidth;
    int width = byWidth ? maxWidth : scaled(w, maxHeight, h);
    int height = byWidth ? scaled(h, maxWidth, w) : maxHeight;
    return new Downscale(image, width, height).run();
  }

  private static int scaled(int side, int numerator, int denominator) {
    long doubled = 2L * side * numerator + denominator;
    return (int) Math.max(1, doubled / (2L * denominator));
  }

  private PixelSource run() {
    int[] argb = new int[width * height];
    int[] row = new int[source.width()];
    double[] mean = new double[CHANNELS * width];
    double[] sum = new double[CHANNELS * width];
    int target = 0;
    // A row of the source covers height units, a row of the result the source's height.
    long end = source.height();
    for (int y = 0; y < source.height(); y++) {
      source.readRows(y, 1, row);
      Arrays.fill(mean, 0);
      across(row, mean);
      long from = (long) y * height;
      long to = from + height;
      if (to >= end) {
        add(sum, mean, (double) (end - from));
        write(sum, argb, target++ * width);
        Arrays.fill(sum, 0);
        from = end;
        end += source.height();
      }
      add(sum, mean, (double) (to - from));
    }
    return PixelSource.of(width, height, argb);
  }

  /** Sums up a row: premultiplied light, and alpha, of each pixel of the result. */
  private void across(int[] row, double[] sums) {
    int at = 0;
    long end = row.length;
    for (int x = 0; x < row.length; x++) {
      int color = row[x];
      double alpha = color >>> 24;
      double red = alpha * LINEAR[color >>> 16 & 0xFF];
      double green = alpha * LINEAR[color >>> 8 & 0xFF];
      double blue = alpha * LINEAR[color & 0xFF];
      long from = (long) x * width;
      long to = from + width;
      if (to >= end) {
        double part = (double) (end - from);
        sums[at] += part * alpha;
        sums[at + 1] += part * red;
        sums[at + 2] += part * green;
        sums[at + 3] += part * blue;
        at += CHANNELS;
        from = end;
        end += row.length;
      }
      if (to > from) {
        double part = (double) (to - from);
        sums[at] += part * alpha;
        sums[at + 1] += part * red;
        sums[at + 2] += part * green;
        sums[at + 3] += part * blue;
      }
    }
  }

  private static void add(double[] sum, double[] part, double weight) {
    if (weight > 0) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * part[i];
      }
    }
  }

  private void write(double[] sum, int[] argb, int offset) {
    double area = (double) source.width() * source.height();
    for (int x = 0; x < width; x++) {
      double alpha = sum[CHANNELS * x];
      int opacity = (int) (alpha / area + 0.5);
      if (opacity > 0) {
        argb[offset + x] =
            opacity << 24
                | level(sum[CHANNELS * x + 1] / alpha) << 16
                | level(sum[CHANNELS * x + 2] / alpha) << 8
                | level(sum[CHANNELS * x + 3] / alpha);
      }
    }
  }
}
