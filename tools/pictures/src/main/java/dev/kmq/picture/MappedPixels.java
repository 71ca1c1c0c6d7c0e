package dev.kmq.picture;

import dev.kmq.image.PixelSource;
import java.util.function.Consumer;

/** An image whose rows are changed each time they are read. */
final class MappedPixels implements PixelSource {
  private final PixelSource source;
  private final Consumer<int[]> change;
  private final int[] row;

  /**
   * An image.
   *
   * @param change changes a row in place
   */
  MappedPixels(PixelSource source, Consumer<int[]> change) {
    this.source = source;
    this.change = change;
    this.row = new int[source.width()];
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int height() {
    return source.height();
  }

  @Override
  public void readRows(int y, int rows, int[] target) {
    for (int i = 0; i < rows; i++) {
      source.readRows(y + i, 1, row);
      change.accept(row);
      System.arraycopy(row, 0, target, i * row.length, row.length);
    }
  }
}
