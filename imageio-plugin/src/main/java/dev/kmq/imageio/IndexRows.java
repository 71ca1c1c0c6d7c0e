package dev.kmq.imageio;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import java.awt.image.IndexColorModel;
import java.io.UncheckedIOException;
import javax.imageio.IIOException;

/** An indexed image as it is: its palette in its order, its indices. */
final class IndexRows implements IndexSource {
  private final SourceView view;
  private final Palette palette;
  private final int[] indices;

  IndexRows(SourceView view, IndexColorModel model) {
    this.view = view;
    this.indices = new int[view.width()];
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
    for (int i = 0; i < rows; i++) {
      int max = read(view.row(y + i).getDataElements(0, 0, view.rowWidth(), 1, null));
      if (max >= palette.size()) {
        throw new UncheckedIOException(
            new IIOException(
                "pixel value "
                    + max
                    + " in row "
                    + (y + i)
                    + " is not below the palette's size, "
                    + palette.size()));
      }
      put(plane, plane.at(0, i));
    }
    return plane;
  }

  /** Takes the indices out of a row of elements, which are bytes or shorts; returns the largest. */
  private int read(Object elements) {
    int step = view.stepX();
    int max = 0;
    if (elements instanceof byte[] bytes) {
      for (int i = 0, j = 0; i < indices.length; i++, j += step) {
        indices[i] = bytes[j] & 0xFF;
        max = Math.max(max, indices[i]);
      }
    } else {
      short[] shorts = (short[]) elements;
      for (int i = 0, j = 0; i < indices.length; i++, j += step) {
        indices[i] = shorts[j] & 0xFFFF;
        max = Math.max(max, indices[i]);
      }
    }
    return max;
  }

  private void put(IndexPlane plane, int at) {
    if (plane.wide()) {
      short[] shorts = plane.shorts();
      for (int i = 0; i < indices.length; i++) {
        shorts[at + i] = (short) indices[i];
      }
    } else {
      byte[] bytes = plane.bytes();
      for (int i = 0; i < indices.length; i++) {
        bytes[at + i] = (byte) indices[i];
      }
    }
  }
}
