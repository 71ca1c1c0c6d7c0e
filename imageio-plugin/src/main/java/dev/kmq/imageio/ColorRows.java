package dev.kmq.imageio;

import dev.kmq.image.PixelSource;
import java.awt.image.Raster;

/** The colours of an image, whatever its sample and colour model, as the quantiser takes them. */
final class ColorRows implements PixelSource {
  private final SourceView view;
  private final PixelColors colors;
  private final int[] row;

  ColorRows(SourceView view, PixelColors colors) {
    this.view = view;
    this.colors = colors;
    this.row = new int[view.rowWidth()];
  }

  @Override
  public int width() {
    return view.width();
  }

  @Override
  public int height() {
    return view.height();
  }

  @Override
  public void readRows(int y, int rows, int[] target) {
    int step = view.stepX();
    int at = 0;
    for (int i = 0; i < rows; i++) {
      Raster from = view.row(y + i);
      colors.read(from, row);
      for (int x = 0; x < row.length; x += step) {
        target[at++] = row[x];
      }
    }
  }
}
