package dev.kmq.metrics;

import dev.kmq.image.PixelSource;
import java.util.Arrays;

/**
 * DSSIM as version 3 of the program <a
 * href="https://github.com/kornelski/dssim">github.com/kornelski/dssim</a> measures it, by its
 * published description: structural dissimilarity of the colours in CIE L*a*b*, at five scales from
 * 1:1 to 1:16. 0 is equal; there is no upper limit. About 0.001 is hard to see, 0.01 plain. The
 * code is not derived from that program; scores agree with it within 2 %.
 *
 * <p>L*, a* and b* are scaled to a range of 0 to about 1; a* and b* are blurred. At each scale an
 * SSIM map (Wang, Bovik, Sheikh and Simoncelli, IEEE Trans. Image Processing 13(4), 2004) is
 * computed from means, variances and covariances that are averaged over the three channels. Its
 * mean, to the power of 1/2 for every halving, less the mean absolute deviation from that, is the
 * score of the scale. With s the weighted mean of these scores, DSSIM is 1/s - 1.
 */
public final class Dssim {
  private static final double[] WEIGHTS = {0.028, 0.197, 0.322, 0.298, 0.155};
  private static final float C1 = 0.01f * 0.01f;
  private static final float C2 = 0.03f * 0.03f;

  /** A filter of three taps, near a Gaussian, applied twice. */
  private static final float[] TAPS = twice(0.38248f, 0.30876f);

  /** Below this, L* is linear in light (CIE 15). */
  private static final float EPSILON = 216f / 24389;

  private static final float KAPPA = 24389f / 27;

  /** Rows: X, Y, Z over those of the white point D65. Columns: linear red, green, blue. */
  private static final float[][] XYZ = {
    {0.4124f / 0.9505f, 0.3576f / 0.9505f, 0.1805f / 0.9505f},
    {0.2126f, 0.7152f, 0.0722f},
    {0.0193f / 1.089f, 0.1192f / 1.089f, 0.9505f / 1.089f}
  };

  private Dssim() {}

  /**
   * Measures the dissimilarity of two images.
   *
   * <p>Images with alpha are composited in 8-bit sRGB onto the greys 89 and 243, and the higher
   * value counts. An image with a side below 8 is extended to 8 by repeating its last column and
   * row; one too small for five scales is measured at fewer.
   *
   * @param threads the maximum number of threads; the value does not depend on it
   * @return 0 or more
   * @throws IllegalArgumentException if the sizes differ or {@code threads} is below 1
   */
  public static double of(PixelSource original, PixelSource distorted, int threads) {
    return Backgrounds.score(
        original, distorted, (a, b, grey) -> onGrey(a, b, grey, threads), Math::max);
  }

  private static double onGrey(PixelSource a, PixelSource b, int grey, int threads) {
    Scales scales = new Scales(a, b, grey, WEIGHTS.length, threads);
    double sum = 0;
    double weights = 0;
    int scale = 0;
    do {
      int width = scales.width();
      int pixels = Math.multiplyExact(width, scales.height());
      float[] map = new float[pixels];
      double[] total = scales.sums((p, q, from, to) -> new Rows(p, q).similarity(from, to, map));
      double mean = total[0] / pixels;
      // The power of 1/2, 1/4 and so on.
      double level = Math.max(0, mean);
      for (int i = 0; i < scale; i++) {
        level = Math.sqrt(level);
      }
      double deviation = 0;
      for (float similarity : map) {
        deviation += Math.abs(level - similarity);
      }
      sum += WEIGHTS[scale] * (1 - deviation / pixels);
      weights += WEIGHTS[scale];
      scale++;
    } while (scales.next());
    return 1 / Math.min(1, Math.max(Double.MIN_NORMAL, sum / weights)) - 1;
  }

  private static float[] twice(float centre, float side) {
    return new float[] {centre * centre + 2 * side * side, 2 * centre * side, side * side};
  }

  private static RowBlur filter(LinearImage image) {
    return new RowBlur(image.width(), image.height(), TAPS, RowBlur.Edge.REPEATED);
  }

  /** One image, row by row: L*a*b*, then its local means. */
  private static final class Lab {
    private final LinearImage image;
    private final float[][] chroma;
    private final RowBlur[] chromaBlurs;
    private final float[][] latestLight;

    /** The latest row whose chroma is blurred. */
    final float[][] row;

    /** Its channels, blurred once more. */
    final RowBlur[] means;

    /** A row of the local means. */
    final float[][] mean;

    Lab(LinearImage image) {
      this.image = image;
      int width = image.width();
      chroma = new float[2][width];
      chromaBlurs = new RowBlur[] {filter(image), filter(image)};
      latestLight = new float[TAPS.length * 2 - 1][width];
      row = new float[LinearImage.CHANNELS][width];
      means = new RowBlur[] {filter(image), filter(image), filter(image)};
      mean = new float[LinearImage.CHANNELS][width];
    }

    void convert(int y) {
      float[] red = image.plane(0);
      float[] green = image.plane(1);
      float[] blue = image.plane(2);
      float[] light = latestLight[y % latestLight.length];
      int start = image.start(y);
      for (int i = 0; i < light.length; i++) {
        float r = red[start + i];
        float g = green[start + i];
        float b = blue[start + i];
        float x = root(XYZ[0], r, g, b);
        float luma = root(XYZ[1], r, g, b);
        float z = root(XYZ[2], r, g, b);
        light[i] = 1.05f * (luma - 16f / 116);
        chroma[0][i] = 500f / 220 * (x - luma) + 86.2f / 220;
        chroma[1][i] = 200f / 220 * (luma - z) + 107.9f / 220;
      }
      chromaBlurs[0].put(y, chroma[0], 0);
      chromaBlurs[1].put(y, chroma[1], 0);
    }

    private static float root(float[] row, float r, float g, float b) {
      float v = row[0] * r + row[1] * g + row[2] * b;
      return v > EPSILON ? CubeRoot.of(v) : (KAPPA * v + 16) / 116;
    }

    void blurChroma(int y) {
      System.arraycopy(latestLight[y % latestLight.length], 0, row[0], 0, row[0].length);
      chromaBlurs[0].get(y, row[1]);
      chromaBlurs[1].get(y, row[2]);
      for (int c = 0; c < means.length; c++) {
        means[c].put(y, row[c], 0);
      }
    }

    void mean(int y) {
      for (int c = 0; c < means.length; c++) {
        means[c].get(y, mean[c]);
      }
    }
  }

  /** Both images, row by row. */
  private static final class Rows {
    private final int width;
    private final int height;
    private final Lab a;
    private final Lab b;
    private final RowBlur squares;
    private final RowBlur products;
    private final float[] square;
    private final float[] product;

    Rows(LinearImage a, LinearImage b) {
      width = a.width();
      height = a.height();
      this.a = new Lab(a);
      this.b = new Lab(b);
      squares = filter(a);
      products = filter(a);
      square = new float[width];
      product = new float[width];
    }

    /** Fills the map for these rows; the element is its sum. */
    double[] similarity(int from, int to, float[] map) {
      int radius = TAPS.length - 1;
      int converted = Math.max(0, from - 2 * radius);
      int blurred = Math.max(0, from - radius);
      double sum = 0;
      for (int y = from; y < to; y++) {
        for (; blurred <= Math.min(height - 1, y + radius); blurred++) {
          for (; converted <= Math.min(height - 1, blurred + radius); converted++) {
            a.convert(converted);
            b.convert(converted);
          }
          blur(blurred);
        }
        sum += similarity(y, map);
      }
      return new double[] {sum};
    }

    private void blur(int y) {
      a.blurChroma(y);
      b.blurChroma(y);
      Arrays.fill(square, 0);
      Arrays.fill(product, 0);
      for (int c = 0; c < LinearImage.CHANNELS; c++) {
        float[] p = a.row[c];
        float[] q = b.row[c];
        for (int x = 0; x < width; x++) {
          square[x] += p[x] * p[x] + q[x] * q[x];
          product[x] += p[x] * q[x];
        }
      }
      squares.put(y, square, 0);
      products.put(y, product, 0);
    }

    private double similarity(int y, float[] map) {
      a.mean(y);
      b.mean(y);
      squares.get(y, square);
      products.get(y, product);
      double sum = 0;
      for (int x = 0; x < width; x++) {
        float meanSquare = 0;
        float meanProduct = 0;
        for (int c = 0; c < LinearImage.CHANNELS; c++) {
          float p = a.mean[c][x];
          float q = b.mean[c][x];
          meanSquare += p * p + q * q;
          meanProduct += p * q;
        }
        float covariance = (product[x] - meanProduct) / LinearImage.CHANNELS;
        float variance = (square[x] - meanSquare) / LinearImage.CHANNELS;
        meanProduct /= LinearImage.CHANNELS;
        meanSquare /= LinearImage.CHANNELS;
        float similarity =
            (2 * meanProduct + C1) * (2 * covariance + C2) / ((meanSquare + C1) * (variance + C2));
        map[y * width + x] = similarity;
        sum += similarity;
      }
      return sum;
    }
  }
}
