package dev.kmq.cli.picture;

import dev.kmq.image.ColorError;
import dev.kmq.image.PixelSource;

/**
 * The difference of two images of equal size, on black and on white.
 *
 * @param error of their colours
 * @param ssim structural similarity of the luma (Wang, Bovik, Sheikh and Simoncelli, IEEE Trans.
 *     Image Processing 13(4), 2004): Gaussian window of 11x11, sigma 1.5; 1 for equal images.
 *     Images with alpha are composited on black and on white, and the smaller value counts.
 */
public record Quality(ColorError error, double ssim) {
  private static final int RADIUS = 5;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  /** Compares two images. */
  public static Quality of(PixelSource a, PixelSource b) {
    double onBlack = ssim(a, b, 0);
    double ssim = opaque(a) && opaque(b) ? onBlack : Math.min(onBlack, ssim(a, b, 255));
    return new Quality(ColorError.of(a, b, 0), ssim);
  }

  private static boolean opaque(PixelSource pixels) {
    int[] row = new int[pixels.width()];
    int all = -1;
    for (int y = 0; y < pixels.height(); y++) {
      pixels.readRows(y, 1, row);
      for (int p : row) {
        all &= p;
      }
    }
    return all >>> 24 == 0xFF;
  }

  /** Similarity on a background of this grey. */
  private static double ssim(PixelSource a, PixelSource b, int backdrop) {
    int width = a.width();
    int height = a.height();
    float[] kernel = gaussian();
    float[] lumaA = luma(a, backdrop);
    float[] lumaB = luma(b, backdrop);
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

  private static float[] luma(PixelSource pixels, int backdrop) {
    float[] luma = new float[Math.multiplyExact(pixels.width(), pixels.height())];
    int[] row = new int[pixels.width()];
    int i = 0;
    for (int y = 0; y < pixels.height(); y++) {
      pixels.readRows(y, 1, row);
      for (int p : row) {
        float value = 0.299f * (p >>> 16 & 0xFF) + 0.587f * (p >>> 8 & 0xFF) + 0.114f * (p & 0xFF);
        int alpha = p >>> 24;
        luma[i++] = alpha == 255 ? value : (value * alpha + backdrop * (255 - alpha)) / 255;
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
