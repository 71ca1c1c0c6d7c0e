package dev.kmq.bench;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import java.util.Random;

/** Images for measurements, always the same. */
final class IndexPlanes {
  private IndexPlanes() {}

  /** Random indices, which no method can store in fewer bits than packed. */
  static IndexedImage noise(int width, int height, int colors) {
    Random random = new Random(colors);
    IndexPlane plane = IndexPlane.allocate(width, height, colors);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        plane.set(x, y, random.nextInt(colors));
      }
    }
    return image(plane, colors);
  }

  /** Gradients and edges with noise; runs and repeats are as long as in photographs. */
  static IndexedImage photoLike(int width, int height, int colors) {
    Random random = new Random(colors);
    IndexPlane plane = IndexPlane.allocate(width, height, colors);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double light =
            0.5
                + 0.2 * Math.sin(x * 0.011 + Math.sin(y * 0.007) * 3)
                + 0.2 * Math.cos(y * 0.013 - Math.cos(x * 0.003) * 2)
                + ((x / 97 + y / 61) % 5 == 0 ? 0.05 : 0)
                + random.nextGaussian() * 0.006;
        plane.set(x, y, (int) Math.max(0, Math.min(colors - 1, light * colors)));
      }
    }
    return image(plane, colors);
  }

  private static IndexedImage image(IndexPlane plane, int colors) {
    int[] rgb = new int[colors];
    for (int i = 0; i < colors; i++) {
      rgb[i] = i * 0x010101 % 0xFFFFFF;
    }
    return new IndexedImage(Palette.ofRgb(rgb), plane);
  }
}
