package dev.kmq.metrics;

import dev.kmq.image.PixelSource;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Rendered images, and distortions of them. */
final class TestImages {
  private TestImages() {}

  /** Smooth gradients, edges, and fine texture; from integers, so the same everywhere. */
  static PixelSource scene(int width, int height) {
    Random random = new Random(7);
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      int x = i % width;
      int y = i / width;
      int disc = (x - width / 3) * (x - width / 3) + (y - height / 2) * (y - height / 2);
      boolean inside = disc < width * height / 16;
      int red = inside ? 200 - disc * 1600 / (width * height) : 255 * x / width;
      int green = 255 * y / height;
      int blue = (x / 16 + y / 16) % 2 == 0 ? 160 : 90;
      int noise = random.nextInt(x < width / 2 ? 4 : 24);
      argb[i] = argb(255, red - noise, green, blue + noise);
    }
    return PixelSource.of(width, height, argb);
  }

  static int argb(int alpha, int red, int green, int blue) {
    return alpha << 24 | clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
  }

  private static int clamp(int v) {
    return Math.max(0, Math.min(255, v));
  }

  /** The image with every channel rounded to a multiple of {@code step}. */
  static PixelSource posterized(PixelSource image, int step) {
    return mapped(
        image,
        p ->
            argb(
                p >>> 24,
                (p >>> 16 & 0xFF) / step * step + step / 2,
                (p >>> 8 & 0xFF) / step * step + step / 2,
                (p & 0xFF) / step * step + step / 2));
  }

  static PixelSource mapped(PixelSource image, IntUnaryOperator change) {
    int[] argb = pixels(image);
    for (int i = 0; i < argb.length; i++) {
      argb[i] = change.applyAsInt(argb[i]);
    }
    return PixelSource.of(image.width(), image.height(), argb);
  }

  static int[] pixels(PixelSource image) {
    int[] argb = new int[image.width() * image.height()];
    image.readRows(0, image.height(), argb);
    return argb;
  }
}
