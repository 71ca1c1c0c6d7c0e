package dev.kmq.metrics;

import dev.kmq.image.ColorError;
import dev.kmq.image.PixelSource;

/**
 * All measures of the difference between two images.
 *
 * @param error squared and largest errors in RGB
 * @param ssim as {@link Ssim#of}; 1 for equal images
 * @param ssimulacra2 as {@link Ssimulacra2#of}; 100 for equal images
 * @param dssim as {@link Dssim#of}; 0 for equal images
 */
public record Comparison(ColorError error, double ssim, double ssimulacra2, double dssim) {
  /**
   * Compares an image with its original.
   *
   * @param threads the maximum number of threads; the values do not depend on it
   * @throws IllegalArgumentException if the sizes differ or {@code threads} is below 1
   */
  public static Comparison of(PixelSource original, PixelSource distorted, int threads) {
    return new Comparison(
        ColorError.of(original, distorted, 0),
        Ssim.of(original, distorted),
        Ssimulacra2.of(original, distorted, threads),
        Dssim.of(original, distorted, threads));
  }
}
