package dev.kmq.image;

/** The colours of an indexed image. */
final class IndexedPixels implements PixelSource {
  private final IndexSource source;
  private final int[] colors;

  IndexedPixels(IndexSource source) {
    this.source = source;
    this.colors = source.palette().toArgb();
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
    IndexPlane plane = source.rows(y, rows);
    for (int row = 0, at = 0; row < rows; row++, at += width()) {
      int from = plane.at(0, row);
      if (plane.wide()) {
        look(plane.shorts(), from, target, at, width());
      } else {
        look(plane.bytes(), from, target, at, width());
      }
    }
  }

  private void look(short[] from, int at, int[] to, int offset, int n) {
    for (int i = 0; i < n; i++) {
      to[offset + i] = colors[from[at + i] & 0xFFFF];
    }
  }

  private void look(byte[] from, int at, int[] to, int offset, int n) {
    for (int i = 0; i < n; i++) {
      to[offset + i] = colors[from[at + i] & 0xFF];
    }
  }
}
