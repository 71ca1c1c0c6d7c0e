package dev.kmq.cli.view;

import dev.kmq.image.PixelSource;
import dev.kmq.picture.Compositing;

/**
 * An image on a board of grey squares, which shows what is transparent.
 *
 * @param side of a square in pixels
 */
record Checkerboard(PixelSource image, int side) implements PixelSource {
  private static final int LIGHT = 0xFF999999;
  private static final int DARK = 0xFF666666;

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
      boolean light = (i % width() / side + (y + i / width()) / side) % 2 == 0;
      target[i] = Compositing.over(target[i], light ? LIGHT : DARK);
    }
  }
}
