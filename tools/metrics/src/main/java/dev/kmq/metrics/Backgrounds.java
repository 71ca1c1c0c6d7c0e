package dev.kmq.metrics;

import dev.kmq.image.PixelSource;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/** What is measured of images with alpha, and of very small ones. */
final class Backgrounds {
  /** Smaller images are extended. */
  static final int MIN_SIDE = 8;

  /** About 10 % and 90 % of the light of white, as in the reference program of SSIMULACRA2. */
  private static final int DARK = 89;

  private static final int BRIGHT = 243;

  /** A score of two images of the same size. */
  @FunctionalInterface
  interface Score {
    /**
     * The score.
     *
     * @param grey the background of pixels with alpha
     */
    double of(PixelSource a, PixelSource b, int grey);
  }

  private Backgrounds() {}

  /**
   * The worse of the scores on the two backgrounds; opaque images have only one.
   *
   * @param worse chooses the worse of two scores
   * @throws IllegalArgumentException if the sizes differ
   */
  static double score(PixelSource a, PixelSource b, Score score, DoubleBinaryOperator worse) {
    requireSameSize(a, b);
    PixelSource first = extended(a);
    PixelSource second = extended(b);
    double dark = score.of(first, second, DARK);
    return areOpaque(a, b) ? dark : worse.applyAsDouble(dark, score.of(first, second, BRIGHT));
  }

  /** Refuses images of different sizes. */
  static void requireSameSize(PixelSource a, PixelSource b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the images are %dx%d and %dx%d",
              a.width(),
              a.height(),
              b.width(),
              b.height()));
    }
  }

  /** Whether no pixel of either image has alpha below 255. */
  static boolean areOpaque(PixelSource a, PixelSource b) {
    return isOpaque(a) && isOpaque(b);
  }

  private static boolean isOpaque(PixelSource pixels) {
    int[] row = new int[pixels.width()];
    for (int y = 0; y < pixels.height(); y++) {
      pixels.readRows(y, 1, row);
      int all = -1;
      for (int p : row) {
        all &= p;
      }
      if (all >>> 24 != 0xFF) {
        return false;
      }
    }
    return true;
  }

  /** The image with its last column and row repeated up to 8x8 pixels; larger ones as they are. */
  private static PixelSource extended(PixelSource pixels) {
    int width = Math.max(MIN_SIDE, pixels.width());
    int height = Math.max(MIN_SIDE, pixels.height());
    if (width == pixels.width() && height == pixels.height()) {
      return pixels;
    }
    int[] argb = new int[Math.multiplyExact(width, height)];
    int[] row = new int[pixels.width()];
    for (int y = 0; y < height; y++) {
      pixels.readRows(Math.min(y, pixels.height() - 1), 1, row);
      for (int x = 0; x < width; x++) {
        argb[y * width + x] = row[Math.min(x, row.length - 1)];
      }
    }
    return PixelSource.of(width, height, argb);
  }
}
