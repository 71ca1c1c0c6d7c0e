package dev.kmq.metrics;

import dev.kmq.image.PixelSource;

/**
 * Structural similarity of the luma at one scale (Wang, Bovik, Sheikh and Simoncelli, IEEE Trans.
 * Image Processing 13(4), 2004): Gaussian window of 11x11 pixels with sigma 1.5, K1 = 0.01, K2 =
 * 0.03, edges repeated; the mean over all pixels. Luma is 0.299 R + 0.587 G + 0.114 B of 8-bit
 * sRGB.
 */
public final class Ssim {
  private static final float[] TAPS = gaussian(5, 1.5);
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  private Ssim() {}

  /**
   * Measures the similarity of two images.
   *
   * <p>Images with alpha are composited on black and on white, as by {@link
   * dev.kmq.image.ColorError}, and the lower value counts.
   *
   * @return -1 to 1; 1 for equal images
   * @throws IllegalArgumentException if the sizes differ
   */
  public static double of(PixelSource a, PixelSource b) {
    Backgrounds.requireSameSize(a, b);
    double onBlack = onGrey(a, b, 0);
    return Backgrounds.areOpaque(a, b) ? onBlack : Math.min(onBlack, onGrey(a, b, 255));
  }

  private static double onGrey(PixelSource a, PixelSource b, int grey) {
    int width = a.width();
    int height = a.height();
    int radius = TAPS.length - 1;
    RowBlur meanA = new RowBlur(width, height, TAPS, RowBlur.Edge.REPEATED);
    RowBlur meanB = new RowBlur(width, height, TAPS, RowBlur.Edge.REPEATED);
    RowBlur squares = new RowBlur(width, height, TAPS, RowBlur.Edge.REPEATED);
    RowBlur products = new RowBlur(width, height, TAPS, RowBlur.Edge.REPEATED);
    int[] argb = new int[width];
    float[] p = new float[width];
    float[] q = new float[width];
    float[] square = new float[width];
    float[] product = new float[width];
    double sum = 0;
    int y = 0;
    for (int row = 0; row < height; row++) {
      for (; y <= Math.min(height - 1, row + radius); y++) {
        a.readRows(y, 1, argb);
        luma(argb, grey, p);
        b.readRows(y, 1, argb);
        luma(argb, grey, q);
        for (int x = 0; x < width; x++) {
          square[x] = p[x] * p[x] + q[x] * q[x];
          product[x] = p[x] * q[x];
        }
        meanA.put(y, p, 0);
        meanB.put(y, q, 0);
        squares.put(y, square, 0);
        products.put(y, product, 0);
      }
      meanA.get(row, p);
      meanB.get(row, q);
      squares.get(row, square);
      products.get(row, product);
      sum += sum(p, q, square, product);
    }
    return sum / ((double) width * height);
  }

  private static double sum(float[] meanA, float[] meanB, float[] squares, float[] products) {
    double sum = 0;
    for (int x = 0; x < meanA.length; x++) {
      double meanProduct = (double) meanA[x] * meanB[x];
      double meanSquares = (double) meanA[x] * meanA[x] + (double) meanB[x] * meanB[x];
      sum +=
          (2 * meanProduct + C1)
              * (2 * (products[x] - meanProduct) + C2)
              / ((meanSquares + C1) * (squares[x] - meanSquares + C2));
    }
    return sum;
  }

  private static void luma(int[] argb, int grey, float[] luma) {
    for (int x = 0; x < luma.length; x++) {
      int p = argb[x];
      float value = 0.299f * (p >>> 16 & 0xFF) + 0.587f * (p >>> 8 & 0xFF) + 0.114f * (p & 0xFF);
      int alpha = p >>> 24;
      luma[x] = alpha == 255 ? value : (value * alpha + grey * (255 - alpha)) / 255;
    }
  }

  /** The centre and one side of a Gaussian window whose sum is 1. */
  private static float[] gaussian(int radius, double sigma) {
    double[] weights = new double[radius + 1];
    double sum = 0;
    for (int i = 0; i <= radius; i++) {
      weights[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
    float[] taps = new float[radius + 1];
    for (int i = 0; i <= radius; i++) {
      taps[i] = (float) (weights[i] / sum);
    }
    return taps;
  }
}
