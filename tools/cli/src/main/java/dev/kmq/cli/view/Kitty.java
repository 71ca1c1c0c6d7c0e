package dev.kmq.cli.view;

import dev.kmq.image.PixelSource;
import dev.kmq.picture.PictureWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The graphics protocol of kitty, also of Ghostty and Konsole: a PNG, shown at the cursor. */
final class Kitty {
  /** Largest payload of an escape code. */
  private static final int CHUNK = 4096;

  private Kitty() {}

  static void write(PixelSource pixels, OutputStream out) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    PictureWriter.writePng(pixels, png);
    String text = Base64.getEncoder().encodeToString(png.toByteArray());
    StringBuilder codes = new StringBuilder();
    for (int from = 0; from < text.length(); from += CHUNK) {
      int to = Math.min(text.length(), from + CHUNK);
      // With q=2 the terminal sends no answer, which nothing would read.
      String first = from == 0 ? "a=T,f=100,q=2," : "";
      codes.append("\u001b_G").append(first).append(to < text.length() ? "m=1;" : "m=0;");
      codes.append(text, from, to).append("\u001b\\");
    }
    codes.append('\n');
    out.write(codes.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
