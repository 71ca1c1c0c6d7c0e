package dev.kmq.cli.view;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Metric;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * DEC sixel graphics: bands of six rows, each drawn once for each of its colours. An image of up to
 * 256 colours has its own; their levels are stored in percent.
 */
final class Sixel {
  private static final int COLORS = 256;
  private static final int BAND = 6;

  /** The character for no pixel; the others add a bit per row. */
  private static final int NONE = 63;

  /** Repetitions that are shorter as a count. */
  private static final int COUNTED = 4;

  private final IndexedImage image;
  private final StringBuilder text = new StringBuilder();

  private Sixel(IndexedImage image) {
    this.image = image;
  }

  static void write(PixelSource pixels, OutputStream out) throws IOException {
    EncodeOptions options = EncodeOptions.builder().colors(COLORS).metric(Metric.OKLAB).build();
    Sixel sixel = new Sixel(new KmqEncoder(options).quantize(pixels));
    sixel.draw();
    out.write(sixel.text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private void draw() {
    // Square pixels, and the size, so that the terminal reserves the place.
    text.append("\u001bP0;1q\"1;1;").append(image.width()).append(';').append(image.height());
    int[] argb = image.palette().toArgb();
    for (int i = 0; i < argb.length; i++) {
      text.append('#').append(i).append(";2;").append(percent(argb[i] >>> 16));
      text.append(';').append(percent(argb[i] >>> 8)).append(';').append(percent(argb[i]));
    }
    for (int top = 0; top < image.height(); top += BAND) {
      band(top, argb.length);
      text.append('-');
    }
    text.append("\u001b\\\n");
  }

  private static int percent(int level) {
    return ((level & 0xFF) * 100 + 127) / 255;
  }

  private void band(int top, int colors) {
    int width = image.width();
    byte[][] rows = new byte[colors][];
    for (int y = top; y < Math.min(top + BAND, image.height()); y++) {
      for (int x = 0; x < width; x++) {
        int index = image.plane().get(x, y);
        if (rows[index] == null) {
          rows[index] = new byte[width];
        }
        rows[index][x] |= (byte) (1 << y - top);
      }
    }
    boolean first = true;
    for (int color = 0; color < colors; color++) {
      if (rows[color] != null) {
        text.append(first ? "#" : "$#").append(color);
        line(rows[color]);
        first = false;
      }
    }
  }

  /** The pixels of one colour; those without at the end are left out. */
  private void line(byte[] bits) {
    int end = bits.length;
    while (end > 0 && bits[end - 1] == 0) {
      end--;
    }
    for (int x = 0; x < end; ) {
      int run = x + 1;
      while (run < end && bits[run] == bits[x]) {
        run++;
      }
      String sixel = String.valueOf((char) (NONE + bits[x]));
      int count = run - x;
      text.append(count < COUNTED ? sixel.repeat(count) : "!" + count + sixel);
      x = run;
    }
  }
}
