package dev.kmq.web;

import dev.kmq.image.PixelSource;
import dev.kmq.picture.PictureWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** Generated images. */
final class TestImages {
  private TestImages() {}

  /** Smooth areas, edges and noise, as ARGB. */
  static int[] argb(int width, int height, boolean alpha) {
    Random random = new Random(7);
    int[] argb = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double wave = Math.sin(x * 0.11 + y * 0.05) + Math.cos(y * 0.13 - x * 0.03);
        int r = clamp(128 + 60 * wave + random.nextInt(12));
        int g = clamp(255.0 * y / height + 20 * Math.sin(x * 0.3));
        int b = (x / 9 + y / 7) % 3 == 0 ? 230 : clamp(200 - 1.5 * x + random.nextInt(25));
        int distance = (x - width / 2) * (x - width / 2) + (y - height / 2) * (y - height / 2);
        int a = alpha ? clamp(420 - distance * 0.6) : 255;
        argb[y * width + x] = a << 24 | r << 16 | g << 8 | b;
      }
    }
    return argb;
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, value));
  }

  /** A PNG of the pixels. */
  static byte[] png(int width, int height, boolean alpha) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PictureWriter.writePng(PixelSource.of(width, height, argb(width, height, alpha)), out);
    return out.toByteArray();
  }
}
