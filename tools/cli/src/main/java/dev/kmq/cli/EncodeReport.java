package dev.kmq.cli;

import dev.kmq.image.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report on an output of {@code encode}.
 *
 * @param inputBytes size of the input
 * @param metric of the palette, or null if palette and indices are the image's own
 * @param maxError largest error of a pixel
 * @param shareAbove20 share of pixels with an error above {@link #NOTICED}
 * @param reduction what the pixels lost before quantising, as a noun phrase, or null
 * @param droppedEntries entries that {@code --drop-unused} removed, or null without it
 * @param millis from opening the input to the end of the output
 * @param quantizeMillis from pixels in memory to palette and indices
 */
record EncodeReport(
    long inputBytes,
    int width,
    int height,
    int colors,
    @Nullable String metric,
    String method,
    long bytes,
    double bitsPerPixel,
    double mse,
    double psnr,
    double maxError,
    double shareAbove20,
    @Nullable String reduction,
    @Nullable Integer droppedEntries,
    double millis,
    double quantizeMillis)
    implements Reporter.Sized {
  /** An error of a pixel that is easily visible in an even area. */
  static final double NOTICED = 20;

  /** Method, colours and quality. */
  String summary(boolean rgbByDefault, boolean dithered) {
    String quality =
        mse != 0
            ? Decimal.of(psnr, 1) + " dB" + (dithered ? ", dithered" : "")
            : reduction == null ? "exact" : "no loss after " + reduction;
    String count = Outcome.count(colors, "colour");
    String space = rgbByDefault && Metric.RGB.label().equals(metric) ? " in rgb" : "";
    String dropped = droppedEntries == null ? "" : " (" + droppedEntries + " unused dropped)";
    return method + ", " + count + space + dropped + ", " + quality;
  }

  /** What {@link #summary} leaves out. */
  String details() {
    String errors =
        mse == 0
            ? ""
            // Rare colours hardly change a mean.
            : String.format(
                Locale.ROOT,
                "largest error %.0f, %s %% of pixels above %.0f, ",
                maxError,
                percent(shareAbove20),
                NOTICED);
    return String.format(
        Locale.ROOT,
        "%dx%d, %.2f bits/pixel, %s%.0f ms",
        width,
        height,
        bitsPerPixel,
        errors,
        millis);
  }

  /** Two digits, however small. */
  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.2g" : "%.0f", 100 * share);
  }
}
