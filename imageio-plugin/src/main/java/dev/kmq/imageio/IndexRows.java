package dev.kmq.imageio;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import java.awt.image.IndexColorModel;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOException;

/** An indexed image unchanged: its palette in its order, and its indices. */
final class IndexRows implements IndexSource {
  private final SourceView view;
  private final Palette palette;

  IndexRows(SourceView view, IndexColorModel model) {
    this.view = view;
    this.palette = KmqImages.palette(model);
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
  public Palette palette() {
    return palette;
  }

  @Override
  public IndexPlane rows(int y, int rows) {
    IndexPlane plane = IndexPlane.allocate(width(), rows, palette.size());
    int step = view.stepX();
    for (int done = 0, n; done < rows; done += n) {
      n = Math.min(rows - done, view.blockRows());
      IndexPlane from = read(y + done, n);
      if (step == 1) {
        plane.window(0, done, width(), n).copyFrom(from);
      } else {
        for (int x = 0; x < width(); x++) {
          plane.set(x, done, from.get(x * step, 0));
        }
      }
    }
    return plane;
  }

  private IndexPlane read(int y, int rows) {
    int width = view.rowWidth();
    Object elements = view.rows(y, rows).getDataElements(0, 0, width, rows, (Object) null);
    IndexPlane plane =
        elements instanceof byte[] bytes
            ? IndexPlane.ofBytes(width, rows, bytes, 0, width)
            : IndexPlane.ofShorts(width, rows, (short[]) elements, 0, width);
    for (int i = 0; !plane.allBelow(palette.size()) && i < rows; i++) {
      int max = plane.window(0, i, width, 1).max();
      if (max >= palette.size()) {
        throw new UncheckedIOException(
            new IIOException(
                String.format(
                    Locale.ROOT,
                    "pixel value %d in row %d is not below the palette's size, %d",
                    max,
                    y + i,
                    palette.size())));
      }
    }
    return plane;
  }
}
