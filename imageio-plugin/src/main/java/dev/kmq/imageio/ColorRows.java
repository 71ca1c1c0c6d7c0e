package dev.kmq.imageio;

import dev.kmq.image.PixelSource;
import java.util.function.IntConsumer;

/** The colours of an image, whatever its sample and colour model, as the quantiser takes them. */
final class ColorRows implements PixelSource {
  private final SourceView view;
  private final PixelColors colors;
  private final IntConsumer progress;
  private int[] block = {};

  /**
   * The colours of a view.
   *
   * @param progress is told each row that has been read; may throw to stop
   */
  ColorRows(SourceView view, PixelColors colors, IntConsumer progress) {
    this.view = view;
    this.colors = colors;
    this.progress = progress;
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
      for (int i = 0; i < n; i++) {
        progress.accept(y + done + i);
      }
    }
  }
}
