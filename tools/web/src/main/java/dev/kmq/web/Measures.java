package dev.kmq.web;

import dev.kmq.image.ColorError;
import dev.kmq.image.IndexSource;
import dev.kmq.image.PixelSource;
import dev.kmq.metrics.Ssimulacra2;
import dev.kmq.web.png.IccProfile;
import org.jspecify.annotations.Nullable;

/**
 * How much an indexed image differs from its original.
 *
 * @param error in RGB, as {@code kmq compare} computes it
 * @param ssimulacra2 the score, or NaN if it is not computed
 */
record Measures(ColorError error, double ssimulacra2) {
  /** The most pixels that are scored: the score needs 50 bytes a pixel. */
  static final int MOST_SCORED = 1 << 24;

  static Measures of(OpenImage original, IndexSource image, boolean scored) {
    PixelSource pixels = original.pixels();
    ColorError error = ColorError.of(pixels, image.pixels(), 0);
    IccProfile profile = original.profile();
    boolean possible =
        (long) pixels.width() * pixels.height() <= MOST_SCORED
            && (profile == null || profile.converts());
    if (!scored || !possible) {
      return new Measures(error, Double.NaN);
    }
    double score = Ssimulacra2.of(seen(pixels, profile), seen(image.pixels(), profile), 1);
    return new Measures(error, score);
  }

  /** Measures pixels in sRGB, such as those of a file that the browser wrote. */
  static Measures ofSrgb(OpenImage original, PixelSource other) {
    PixelSource pixels = seen(original.pixels(), original.profile());
    boolean scored = (long) pixels.width() * pixels.height() <= MOST_SCORED;
    return new Measures(
        ColorError.of(pixels, other, 0), scored ? Ssimulacra2.of(pixels, other, 1) : Double.NaN);
  }

  /** The pixels in sRGB. */
  private static PixelSource seen(PixelSource pixels, @Nullable IccProfile profile) {
    return profile == null ? pixels : profile.toSrgb(pixels);
  }

  void addTo(Json json) {
    json.member("mse", error.mse())
        .member("psnr", error.psnr())
        .member("maxError", error.maxError())
        .member("ssimulacra2", ssimulacra2);
  }
}
