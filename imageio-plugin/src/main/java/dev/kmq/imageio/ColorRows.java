package dev.kmq.imageio;

import dev.kmq.image.PixelSource;

/** The colours of an image of any sample and colour model, as input of the quantiser. */
final class ColorRows implements PixelSource {
  private final SourceView view;
  private final PixelColors colors;
  private int[] block = {};

  ColorRows(SourceView view, PixelColors colors) {
    this.view = view;
    this.colors = colors;
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
    for (int done = 0, n; done < rows; done += n) {
      n = Math.min(rows - done, view.blockRows());
      if (block.length != n * view.rowWidth()) {
        block = new int[n * view.rowWidth()];
      }
      colors.read(view.rows(y + done, n), block);
      for (int x = 0; x < block.length; x += step) {
        target[at++] = block[x];
      }
    }
  }
}
