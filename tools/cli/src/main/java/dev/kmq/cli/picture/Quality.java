package dev.kmq.cli.picture;

import dev.kmq.image.PixelSource;

/**
 * How near two pictures of one size are. Alpha is left out, and pixels that are fully transparent
 * in the first are not counted.
 *
 * @param mse mean over the pixels of the squared RGB distance, three channels added
 * @param ssim structural similarity of the luma (Wang, Bovik, Sheikh and Simoncelli, IEEE Trans.
 *     Image Processing 13(4), 2004): Gaussian window of 11x11, sigma 1.5; 1 is equal
 * @param maxError the largest distance of two colours
 */
public record Quality(double mse, double ssim, double maxError) {
  private static final int RADIUS = 5;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  /** {@code 10 log10(3 * 255^2 / mse)} in dB; infinite for equal pictures. */
  public double psnr() {
    return psnr(mse);
  }

  /** As {@link #psnr()}, of an mse. */
  public static double psnr(double mse) {
    return mse == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(3 * 255.0 * 255 / mse);
  }

  /** Compares two pictures. */
  public static Quality of(PixelSource a, PixelSource b) {
    Squares squares = squares(a, b);
    return new Quality(squares.mse(), ssim(a, b), Math.sqrt(squares.max));
  }

  /** Only the mean squared error. */
  public static double mse(PixelSource a, PixelSource b) {
    return squares(a, b).mse();
  }

  private static Squares squares(PixelSource a, PixelSource b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new IllegalArgumentException(
          "the pictures are %dx%d and %dx%d"
              .formatted(a.width(), a.height(), b.width(), b.height()));
    }
    Squares squares = new Squares();
    int[] rowA = new int[a.width()];
    int[] rowB = new int[a.width()];
    for (int y = 0; y < a.height(); y++) {
      a.readRows(y, 1, rowA);
      b.readRows(y, 1, rowB);
      squares.add(rowA, rowB);
    }
    return squares;
  }

  private static final class Squares {
    private long sum;
    private long pixels;
    private int max;

    void add(int[] a, int[] b) {
      for (int x = 0; x < a.length; x++) {
        if (a[x] >>> 24 == 0) {
          continue;
        }
        int red = (a[x] >>> 16 & 0xFF) - (b[x] >>> 16 & 0xFF);
        int green = (a[x] >>> 8 & 0xFF) - (b[x] >>> 8 & 0xFF);
        int blue = (a[x] & 0xFF) - (b[x] & 0xFF);
        int square = red * red + green * green + blue * blue;
        sum += square;
        max = Math.max(max, square);
        pixels++;
      }
    }

    double mse() {
      return pixels == 0 ? 0 : (double) sum / pixels;
    }
  }

  private static double ssim(PixelSource a, PixelSource b) {
    int width = a.width();
    int height = a.height();
    float[] kernel = gaussian();
    float[] lumaA = luma(a);
    float[] lumaB = luma(b);
    float[] meanA = blur(lumaA, width, height, kernel);
    float[] meanB = blur(lumaB, width, height, kernel);
    float[] squareA = blur(product(lumaA, lumaA), width, height, kernel);
    float[] squareB = blur(product(lumaB, lumaB), width, height, kernel);
    float[] cross = blur(product(lumaA, lumaB), width, height, kernel);
    double sum = 0;
    for (int i = 0; i < cross.length; i++) {
      double ma = meanA[i];
      double mb = meanB[i];
      double varianceA = squareA[i] - ma * ma;
      double varianceB = squareB[i] - mb * mb;
      double covariance = cross[i] - ma * mb;
      sum +=
          (2 * ma * mb + C1)
              * (2 * covariance + C2)
              / ((ma * ma + mb * mb + C1) * (varianceA + varianceB + C2));
    }
    return sum / cross.length;
  }

  private static float[] gaussian() {
    float[] kernel = new float[2 * RADIUS + 1];
    double sum = 0;
    for (int i = -RADIUS; i <= RADIUS; i++) {
      kernel[i + RADIUS] = (float) Math.exp(-i * i / (2 * 1.5 * 1.5));
      sum += kernel[i + RADIUS];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= (float) sum;
    }
    return kernel;
  }

  private static float[] luma(PixelSource pixels) {
    float[] luma = new float[Math.multiplyExact(pixels.width(), pixels.height())];
    int[] row = new int[pixels.width()];
    int i = 0;
    for (int y = 0; y < pixels.height(); y++) {
      pixels.readRows(y, 1, row);
      for (int p : row) {
        luma[i++] = 0.299f * (p >>> 16 & 0xFF) + 0.587f * (p >>> 8 & 0xFF) + 0.114f * (p & 0xFF);
      }
    }
    return luma;
  }

  private static float[] product(float[] a, float[] b) {
    float[] product = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  /** Along rows, then along columns; edges are repeated. */
  private static float[] blur(float[] plane, int width, int height, float[] kernel) {
    float[] along = new float[plane.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int i = -RADIUS; i <= RADIUS; i++) {
          int at = Math.max(0, Math.min(width - 1, x + i));
          sum += kernel[i + RADIUS] * plane[y * width + at];
        }
        along[y * width + x] = sum;
      }
    }
    float[] both = new float[plane.length];
    for (int y = 0; y < height; y++) {
      for (int i = -RADIUS; i <= RADIUS; i++) {
        int at = Math.max(0, Math.min(height - 1, y + i));
        for (int x = 0; x < width; x++) {
          both[y * width + x] += kernel[i + RADIUS] * along[at * width + x];
        }
      }
    }
    return both;
  }
}
