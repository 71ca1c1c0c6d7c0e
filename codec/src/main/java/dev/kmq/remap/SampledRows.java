package dev.kmq.remap;

import dev.kmq.image.PixelSource;

/** Bands of rows, evenly spaced over an image, as an image of their own. */
final class SampledRows implements PixelSource {
  /** Images of up to this many pixels are not sampled. */
  static final int MOST = 1 << 20;

  private static final int BAND = 64;

  private final PixelSource source;
  private final int bands;
  private final int rows;

  private SampledRows(PixelSource source, int bands, int rows) {
    this.source = source;
    this.bands = bands;
    this.rows = rows;
  }

  /** The image itself, or a sample of about {@link #MOST} pixels. */
  static PixelSource of(PixelSource source) {
    long pixels = (long) source.width() * source.height();
    if (pixels <= MOST) {
      return source;
    }
    int rows = Math.max(1, Math.min(BAND, MOST / source.width()));
    int bands = Math.max(1, Math.min(source.height() / rows, MOST / source.width() / rows));
    return new SampledRows(source, bands, rows);
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int height() {
    return bands * rows;
  }

  @Override
  public void readRows(int y, int n, int[] target) {
    int[] row = new int[width()];
    for (int r = 0; r < n; r++) {
      int band = (y + r) / rows;
      long start = (2L * band + 1) * (source.height() - rows) / (2L * bands);
      source.readRows((int) start + (y + r) % rows, 1, row);
      System.arraycopy(row, 0, target, r * width(), width());
    }
  }
}
