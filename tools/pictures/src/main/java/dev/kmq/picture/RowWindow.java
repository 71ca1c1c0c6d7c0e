package dev.kmq.picture;

import dev.kmq.image.PixelSource;

/**
 * An image whose last rows are kept, so that readers in step, and those that go back a little, do
 * not start it over. It is for one thread at a time.
 */
final class RowWindow implements PixelSource {
  /** Rows that are kept of wide images, unless that takes more than {@link #MOST_PIXELS}. */
  private static final int ROWS = 64;

  /** Pixels that are kept of narrow images. */
  private static final int PIXELS = 1 << 21;

  private static final int MOST_PIXELS = 1 << 24;

  /** Parts of the rows that are kept, each read at once. */
  private static final int BANDS = 8;

  private final PixelSource source;
  private final int most;
  private final int band;
  private int[] kept = {};
  private int top;
  private int count;

  RowWindow(PixelSource source) {
    this.source = source;
    int wanted = Math.min(Math.max(ROWS, PIXELS / source.width()), MOST_PIXELS / source.width());
    this.most = Math.max(1, Math.min(source.height(), wanted));
    this.band = Math.max(1, most / BANDS);
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
    int width = width();
    for (int done = 0; done < rows; ) {
      int row = y + done;
      if (row < top || row >= top + count) {
        read(row);
      }
      int n = Math.min(rows - done, top + count - row);
      System.arraycopy(kept, (row - top) * width, target, done * width, n * width);
      done += n;
    }
  }

  /** Reads a band from a row on, and keeps what is above it if there is no gap. */
  private void read(int y) {
    int width = width();
    int n = Math.min(band, height() - y);
    int above = y == top + count ? Math.min(count, most - n) : 0;
    if (kept.length == 0) {
      kept = new int[Math.multiplyExact(most, width)];
    }
    System.arraycopy(kept, (count - above) * width, kept, 0, above * width);
    count = 0;
    int[] next = new int[n * width];
    source.readRows(y, n, next);
    System.arraycopy(next, 0, kept, above * width, next.length);
    top = y - above;
    count = above + n;
  }
}
