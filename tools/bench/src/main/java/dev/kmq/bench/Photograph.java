package dev.kmq.bench;

import dev.kmq.image.PixelSource;
import dev.kmq.imageio.KmqImages;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** A colour image for measurements. */
public final class Photograph {
  /** Name of the image that needs no file. */
  public static final String GENERATED = "generated";

  private static final int WIDTH = 768;
  private static final int HEIGHT = 512;

  private Photograph() {}

  /**
   * Reads an image, or generates one.
   *
   * @param name a file that ImageIO reads, or {@link #GENERATED}
   */
  public static PixelSource of(String name) throws IOException {
    if (name.equals(GENERATED)) {
      return generated(1);
    }
    BufferedImage image = ImageIO.read(new File(name));
    if (image == null) {
      throw new IOException("not a readable image: " + name);
    }
    PixelSource pixels = KmqImages.pixels(image);
    int[] argb = new int[pixels.width() * pixels.height()];
    pixels.readRows(0, pixels.height(), argb);
    return PixelSource.of(pixels.width(), pixels.height(), argb);
  }

  /**
   * Generates an image of 768x512: brightness gradients over colour patches with noise, about as
   * many colours as a photograph.
   *
   * @param seed which of such images
   */
  static PixelSource generated(int seed) {
    Random random = new Random(seed);
    int[] tints = random.ints(24).toArray();
    int[] argb = new int[WIDTH * HEIGHT];
    for (int i = 0; i < argb.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      int tint = tints[x / 128 + 6 * (y / 128)];
      double light = 0.6 + 0.2 * Math.sin(x * 0.011 + Math.sin(y * 0.007) * 3) + y * 0.0003;
      int color = 0xFF;
      for (int shift = 16; shift >= 0; shift -= 8) {
        double value = (tint >>> shift & 0xFF) * light + random.nextGaussian() * 6;
        color = color << 8 | (int) Math.max(0, Math.min(255, value));
      }
      argb[i] = color;
    }
    return PixelSource.of(WIDTH, HEIGHT, argb);
  }
}
