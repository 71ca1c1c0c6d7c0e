package dev.kmq.cli.view;

import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Half blocks: the upper pixel of a character is its foreground, the lower its background. */
final class Blocks {
  /** The parameters of an escape code that select a colour, after those for its ground. */
  @FunctionalInterface
  interface Colors {
    String select(int rgb);
  }

  static final Colors DIRECT =
      rgb -> "2;" + (rgb >>> 16 & 0xFF) + ";" + (rgb >>> 8 & 0xFF) + ";" + (rgb & 0xFF);

  /** For images of colours that xterm has. */
  static final Colors XTERM = rgb -> "5;" + Xterm256.index(rgb);

  private static final String UPPER_HALF = "\u2580";
  private static final String RESET = "\u001b[0m";
  private static final int LINES = 2;

  private Blocks() {}

  static void write(PixelSource pixels, Colors colors, OutputStream out) throws IOException {
    int width = pixels.width();
    int[] rows = new int[LINES * width];
    for (int y = 0; y < pixels.height(); y += LINES) {
      int lines = Math.min(LINES, pixels.height() - y);
      pixels.readRows(y, lines, rows);
      StringBuilder text = new StringBuilder();
      String above = "";
      String below = "";
      for (int x = 0; x < width; x++) {
        String upper = colors.select(rows[x]);
        if (!upper.equals(above)) {
          text.append("\u001b[38;").append(upper).append('m');
          above = upper;
        }
        String lower = lines == LINES ? colors.select(rows[width + x]) : below;
        if (!lower.equals(below)) {
          text.append("\u001b[48;").append(lower).append('m');
          below = lower;
        }
        text.append(UPPER_HALF);
      }
      out.write(text.append(RESET).append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
