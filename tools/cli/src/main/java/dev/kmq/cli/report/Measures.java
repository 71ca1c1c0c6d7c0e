package dev.kmq.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kmq.image.ColorError;
import dev.kmq.image.PixelSource;
import dev.kmq.metrics.Comparison;
import dev.kmq.metrics.Ssim;
import dev.kmq.metrics.Ssimulacra2;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How much an image differs from its original.
 *
 * @param error squared and largest errors in RGB
 * @param ssim 1 for equal images; null if it is not measured
 * @param ssimulacra2 100 for equal images; null if it is not measured
 * @param dssim 0 for equal images; null if it is not measured
 */
public record Measures(
    ColorError error, @Nullable Double ssim, @Nullable Double ssimulacra2, @Nullable Double dssim) {
  /**
   * Measures all but DSSIM, which takes long.
   *
   * @param error the difference of the two
   */
  public static Measures of(
      PixelSource original, PixelSource other, ColorError error, int threads) {
    return new Measures(
        error, Ssim.of(original, other), Ssimulacra2.of(original, other, threads), null);
  }

  /** The error alone, for large images, which the other measures hold in memory. */
  public static Measures ofError(ColorError error) {
    return new Measures(error, null, null, null);
  }

  /** All measures. */
  public static Measures of(Comparison found) {
    return new Measures(found.error(), found.ssim(), found.ssimulacra2(), found.dssim());
  }

  /** Writes the fields of an object; the PSNR of equal images is null. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeNumberField("mse", error.mse());
    if (error.mse() == 0) {
      json.writeNullField("psnr");
    } else {
      json.writeNumberField("psnr", error.psnr());
    }
    if (ssim != null && ssimulacra2 != null) {
      json.writeNumberField("ssim", ssim);
      json.writeNumberField("ssimulacra2", ssimulacra2);
    }
    if (dssim != null) {
      json.writeNumberField("dssim", dssim);
    }
    json.writeNumberField("maxError", error.maxError());
  }
}
