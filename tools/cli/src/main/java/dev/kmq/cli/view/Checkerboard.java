package dev.kmq.cli.view;

import dev.kmq.image.PixelSource;

/**
 * An image on a board of grey squares, which shows what is transparent.
 *
 * @param side of a square in pixels
 */
record Checkerboard(PixelSource image, int side) implements PixelSource {
  private static final int LIGHT = 0x99;
  private static final int DARK = 0x66;

  @Override
  public int width() {
    return image.width();
  }

  @Override
  public int height() {
    return image.height();
  }

  @Override
  public void readRows(int y, int rows, int[] target) {
    image.readRows(y, rows, target);
    for (int i = 0; i < rows * width(); i++) {
      int alpha = target[i] >>> 24;
      if (alpha < 255) {
        boolean light = (i % width() / side + (y + i / width()) / side) % 2 == 0;
        target[i] = on(target[i], alpha, light ? LIGHT : DARK);
      }
    }
  }

  private static int on(int color, int alpha, int grey) {
    int opaque = 0xFF000000;
    for (int shift = 0; shift < 24; shift += 8) {
      int level = ((color >>> shift & 0xFF) * alpha + grey * (255 - alpha) + 127) / 255;
      opaque |= level << shift;
    }
    return opaque;
  }
}
