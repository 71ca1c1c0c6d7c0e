package dev.kmq.cli.view;

import dev.kmq.image.PixelSource;
import dev.kmq.picture.Downscale;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Characters of different density: dense ones are light, as on a dark terminal. */
final class Ascii {
  private static final String DENSITIES = " .:-=+*#%@";
  private static final int LINES = 2;

  private Ascii() {}

  static void write(PixelSource pixels, OutputStream out) throws IOException {
    int width = pixels.width();
    int[] rows = new int[LINES * width];
    for (int y = 0; y < pixels.height(); y += LINES) {
      int lines = Math.min(LINES, pixels.height() - y);
      pixels.readRows(y, lines, rows);
      StringBuilder text = new StringBuilder();
      for (int x = 0; x < width; x++) {
        double light = luminance(rows[x]);
        if (lines == LINES) {
          light = (light + luminance(rows[width + x])) / 2;
        }
        // The square root is near to how light is perceived.
        int at = (int) (StrictMath.sqrt(light) * DENSITIES.length());
        text.append(DENSITIES.charAt(Math.min(at, DENSITIES.length() - 1)));
      }
      out.write((text.toString().stripTrailing() + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Relative luminance of sRGB, 0 to 1. */
  private static double luminance(int rgb) {
    return 0.2126 * Downscale.light(rgb >>> 16 & 0xFF)
        + 0.7152 * Downscale.light(rgb >>> 8 & 0xFF)
        + 0.0722 * Downscale.light(rgb & 0xFF);
  }
}
