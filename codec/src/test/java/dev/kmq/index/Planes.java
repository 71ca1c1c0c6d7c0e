package dev.kmq.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import java.util.Random;

/** Palettes and planes of typical kinds. */
public final class Planes {
  private static final int[] COLORS = {
    2, 3, 4, 5, 16, 17, 64, 100, 255, 256, 257, 511, 512, 513, 1000, 4096
  };

  private Planes() {}

  /** A palette size, by number from 0 to 15. */
  public static int colors(int number) {
    return COLORS[number];
  }

  /** Random colours, some of them equal. */
  public static Palette palette(int colors, Random random) {
    int[] argb = random.ints(colors).toArray();
    for (int i = 1; i < colors; i += 7) {
      argb[i] = argb[random.nextInt(i)];
    }
    return random.nextBoolean() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
  }

  /**
   * Kind 0: all equal; 1: noise; 2: runs; 3: blocks and gradients; 4: mostly equal; 5: a map of
   * tiles.
   */
  public static IndexPlane plane(int width, int height, int colors, int kind, Random random) {
    IndexPlane plane = IndexPlane.allocate(width, height, colors);
    int fill = random.nextInt(colors);
    int scale = 1 + random.nextInt(9);
    int side = 5 + random.nextInt(8);
    int seed = random.nextInt();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int index =
            switch (kind) {
              case 0 -> fill;
              case 1 -> random.nextInt(colors);
              case 2 ->
                  x > 0 && random.nextInt(6) > 0 ? plane.get(x - 1, y) : random.nextInt(colors);
              case 3 -> (x / scale + y / scale * 3 + random.nextInt(2)) % colors;
              case 5 ->
                  random.nextInt(400) == 0
                      ? random.nextInt(colors)
                      : ofTile(seed, x / side, y / side, x % side, y % side, colors);
              default -> random.nextInt(50) == 0 ? random.nextInt(colors) : fill;
            };
        plane.set(x, y, index);
      }
    }
    return plane;
  }

  /** The index at a position of one of 4 tiles of 4 colours. */
  private static int ofTile(int seed, int column, int row, int x, int y, int colors) {
    int tile = scrambled(seed + 31 * column + 101 * row) % 4;
    return scrambled(seed + tile + 7 * x + 1009 * y) % 4 * 5 % colors;
  }

  private static int scrambled(int seed) {
    return (seed * 0x9E3779B1 ^ seed >>> 15) * 0x85EBCA6B >>> 8;
  }

  /** Compares all indices of two planes of one size. */
  public static void assertSame(IndexPlane expected, IndexPlane actual) {
    for (int y = 0; y < expected.height(); y++) {
      for (int x = 0; x < expected.width(); x++) {
        assertEquals(expected.get(x, y), actual.get(x, y), "index at " + x + ", " + y);
      }
    }
  }
}
