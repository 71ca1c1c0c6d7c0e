package dev.kmq.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report on one K and method.
 *
 * @param inputBytes size of the input
 * @param k requested number of colours
 * @param colors number of colours of the palette
 * @param metric of the palette, or null if it is that of the input
 */
record SweepRow(
    long inputBytes,
    int width,
    int height,
    int k,
    int colors,
    @Nullable String metric,
    String method,
    long bytes,
    double bitsPerPixel,
    long pngBytes,
    double mse,
    double psnr,
    @Nullable Double ssim,
    @Nullable Double ssimulacra2,
    double maxError,
    double quantizeMillis) {

  /**
   * The first line of a table.
   *
   * @param withMethod whether there is a column for the method
   */
  static String heading(boolean withMethod) {
    return String.format(
        Locale.ROOT,
        "%6s%s %11s %6s %9s %11s %10s %8s %7s %11s %7s",
        "K",
        withMethod ? "  method " : "",
        "bytes",
        "bits/px",
        "original",
        "PNG bytes",
        "mse",
        "PSNR dB",
        "SSIM",
        "SSIMULACRA2",
        "ms");
  }

  /**
   * A line of the table.
   *
   * @param reduced whether pixels were reduced before, so that they are never exact
   */
  String line(boolean withMethod, boolean reduced) {
    return String.format(
        Locale.ROOT,
        "%6d%s %11d %6.2f %8.1f%% %11d %10.2f %8s %7s %11s %7.0f",
        colors,
        withMethod ? String.format(Locale.ROOT, "  %-7s", method) : "",
        bytes,
        bitsPerPixel,
        100.0 * bytes / inputBytes,
        pngBytes,
        mse,
        mse == 0 ? reduced ? "inf" : "exact" : String.format(Locale.ROOT, "%.2f", psnr),
        ssim == null ? "-" : String.format(Locale.ROOT, "%.4f", ssim),
        ssimulacra2 == null ? "-" : String.format(Locale.ROOT, "%.2f", ssimulacra2),
        quantizeMillis);
  }
}
